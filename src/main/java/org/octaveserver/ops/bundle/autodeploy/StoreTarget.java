package org.octaveserver.ops.bundle.autodeploy;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.BundleNaming;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.Change;
import org.octaveserver.ops.bundle.DeployMode;
import org.octaveserver.ops.bundle.DeployRequest;
import org.octaveserver.ops.bundle.DeployedBundle;
import org.octaveserver.ops.bundle.Deployer;
import org.octaveserver.ops.bundle.ReleaseRequest;
import org.octaveserver.ops.bundle.Releases;

/** Deploys to this server's store. Thread-safe. */
public final class StoreTarget implements DeployTarget {
    private static final Logger LOG = LogManager.getLogger(StoreTarget.class);
    private static final String BY = "auto-deploy";

    private final Deployer deployer;
    private final Releases releases;

    public StoreTarget(Deployer deployer, Releases releases) {
        this.deployer = deployer;
        this.releases = releases;
    }

    @Override
    public Target deploy(InputStream file, String bundleName, String fileName) {
        DeployRequest request =
                new DeployRequest(BY, fileName, DeployMode.REPLACE_ALL, BundleNaming.byDefault(bundleName));
        BundleVersion version = deployer.deploy(file, request).version();
        return new Target(version.name().text(), version.version().toString(), version.digest());
    }

    @Override
    public void retire(Target target, String fileName) {
        Optional<DeployedBundle> bundle = releases.current()
                .deployed(target.bundle())
                .filter(deployed -> deployed.exactly(target.version())
                        .filter(version -> version.version().digest().equals(target.digest()))
                        .isPresent());
        if (bundle.isPresent()) {
            deployer.apply(changes(bundle.get(), target), ReleaseRequest.of(BY, fileName + " has gone"));
        } else {
            LOG.info("file={} has gone; bundle={} stays: it is deployed otherwise", fileName, target.bundle());
        }
    }

    /** Versions that others have deployed beside it stay, and the highest of them takes its place. */
    private static List<Change> changes(DeployedBundle bundle, Target target) {
        List<String> others = bundle.versions().stream()
                .map(deployed -> deployed.version().version().text())
                .filter(version -> !version.equals(target.version()))
                .toList();
        if (others.isEmpty()) {
            return List.of(new Change.Retire(target.bundle(), Optional.empty()));
        }
        Change retire = new Change.Retire(target.bundle(), Optional.of(target.version()));
        boolean isDefault = bundle.defaultVersion().text().equals(target.version());
        return isDefault
                ? List.of(new Change.MakeDefault(target.bundle(), others.get(others.size() - 1)), retire)
                : List.of(retire);
    }
}
