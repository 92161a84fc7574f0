package org.octaveserver.ops.bundle.autodeploy;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.bundle.BundleNaming;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.Change;
import org.octaveserver.ops.bundle.DeployMode;
import org.octaveserver.ops.bundle.DeployedBundle;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.Deployer;
import org.octaveserver.ops.bundle.Intake;
import org.octaveserver.ops.bundle.ReleaseRequest;
import org.octaveserver.ops.bundle.Releases;
import org.octaveserver.ops.error.ErrorKind;
import org.octaveserver.ops.error.OpsException;

/** Deploys to this server's store. Thread-safe. */
public final class StoreTarget implements DeployTarget {
    private static final Logger LOG = LogManager.getLogger(StoreTarget.class);
    private static final String BY = "auto-deploy";
    /** Messages are about the file anyway. */
    private static final String NAMELESS = "";

    private final Deployer deployer;
    private final Releases releases;

    public StoreTarget(Deployer deployer, Releases releases) {
        this.deployer = deployer;
        this.releases = releases;
    }

    @Override
    public Target deploy(InputStream content, Source source, Optional<Target> before) {
        try (Intake intake = deployer.intake()) {
            intake.receive(NAMELESS, content);
            Intake.Wanted wanted = Intake.Wanted.of(BundleNaming.byDefault(source.bundleName()));
            DeployedVersion stored =
                    requireNonNull(intake.store(Map.of(NAMELESS, wanted)).get(NAMELESS));
            Target became = target(stored.version());
            Change deploy = new Change.Deploy(stored, source.hasNewest(became), DeployMode.REPLACE);
            replace(deploy, became, source, before);
            return became;
        }
    }

    private static Target target(BundleVersion version) {
        return new Target(version.name().text(), version.version().text(), version.digest());
    }

    /** In one release; where what the file was before must stay, beside it. */
    private void replace(Change deploy, Target became, Source source, Optional<Target> before) {
        List<Change> obsolete = before.filter(old -> !source.isShared(old))
                .map(old -> obsolete(old, became))
                .orElse(List.of());
        ReleaseRequest request = ReleaseRequest.of(BY, source.name());
        List<Change> both = new ArrayList<>(List.of(deploy));
        both.addAll(obsolete);
        try {
            deployer.apply(both, request);
        } catch (OpsException e) {
            if (obsolete.isEmpty() || e.code().kind() != ErrorKind.CONFLICT) {
                throw e;
            }
            LOG.info("file={} what it was before stays: {}", source.name(), e.getMessage());
            deployer.apply(List.of(deploy), request);
        }
    }

    private List<Change> obsolete(Target old, Target became) {
        if (!old.bundle().equals(became.bundle())) {
            return retirement(old);
        }
        boolean isOther = !old.version().equals(became.version()) && isDeployed(old);
        return isOther ? List.of(new Change.Retire(old.bundle(), Optional.of(old.version()))) : List.of();
    }

    @Override
    public void retire(Target target, Source source) {
        List<Change> changes = source.isShared(target) ? List.of() : retirement(target);
        if (changes.isEmpty()) {
            LOG.info("file={} has gone; bundle={} stays: it is deployed otherwise", source.name(), target.bundle());
        } else {
            deployer.apply(changes, ReleaseRequest.of(BY, source.name() + " has gone"));
        }
    }

    @Override
    public boolean isDeployed(Target target) {
        return deployed(target).isPresent();
    }

    private Optional<DeployedBundle> deployed(Target target) {
        return releases.current()
                .deployed(target.bundle())
                .filter(bundle -> bundle.exactly(target.version())
                        .filter(one -> one.version().digest().equals(target.digest()))
                        .isPresent());
    }

    /** Versions that were deployed beside it stay, and the highest of them takes its place. */
    private List<Change> retirement(Target target) {
        Optional<DeployedBundle> found = deployed(target);
        if (found.isEmpty()) {
            return List.of();
        }
        DeployedBundle bundle = found.get();
        List<String> others = bundle.versions().stream()
                .map(one -> one.version().version().text())
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
