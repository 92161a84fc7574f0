package org.octaveserver.ops.bundle.autodeploy;

import java.io.InputStream;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.BundleNaming;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.DeployMode;
import org.octaveserver.ops.bundle.DeployRequest;
import org.octaveserver.ops.bundle.Deployer;
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
        DeployRequest request = new DeployRequest(BY, fileName, DeployMode.REPLACE, BundleNaming.byDefault(bundleName));
        BundleVersion version = deployer.deploy(file, request).version();
        return new Target(version.name().text(), version.version().toString(), version.digest());
    }

    @Override
    public void retire(Target target, String fileName) {
        Optional<BundleVersion> deployed = releases.current().bundle(target.bundle());
        if (deployed.filter(version -> version.digest().equals(target.digest())).isPresent()) {
            deployer.undeploy(target.bundle(), BY, fileName + " has gone");
        } else {
            LOG.info("file={} has gone; bundle={} stays: it is deployed otherwise", fileName, target.bundle());
        }
    }
}
