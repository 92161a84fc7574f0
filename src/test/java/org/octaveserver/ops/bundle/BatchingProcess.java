package org.octaveserver.ops.bundle;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.octaveserver.ops.error.OpsException;

/**
 * A JVM of its own that asks for releases of several changes, as they come to its mind, and keeps a journal of what
 * became of each: {@link BatchJournal} reads it. Arguments: directory, journal, seed, how many.
 */
final class BatchingProcess {
    private static final int VERSIONS = 5;

    private final Bundles bundles;
    private final Random random;
    private final String seed;

    private BatchingProcess(Path root, String seed) {
        this.bundles = new Bundles(root);
        this.random = new Random(Long.parseLong(seed));
        this.seed = seed;
    }

    public static void main(String[] args) throws IOException {
        BatchingProcess process = new BatchingProcess(Path.of(args[0]), args[2]);
        for (int i = 0; i < Integer.parseInt(args[3]); i++) {
            String line = process.batch(i);
            Files.writeString(Path.of(args[1]), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    /** One release; answers the line for the journal. */
    private String batch(int round) {
        long seen = bundles.releases.current().number();
        List<String> told = new ArrayList<>();
        try {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(3); i++) {
                changes.add(change(seen, round + "." + i, told));
            }
            OptionalLong expected = random.nextInt(3) == 0 ? OptionalLong.of(seen) : OptionalLong.empty();
            Published published = bundles.deployer.apply(changes, new ReleaseRequest(seed, "", expected, false));
            return (published.changed() ? "MADE " : "SAME ")
                    + published.release().number() + ";" + String.join(";", told);
        } catch (OpsException e) {
            return "REFUSED " + e.code();
        }
    }

    private Change change(long seen, String unique, List<String> told) {
        String name = random.nextBoolean() ? "shared" : "own" + seed;
        String version = "1." + random.nextInt(VERSIONS);
        switch (seen == 0 ? 0 : random.nextInt(8)) {
            case 4 -> {
                told.add("default " + name + " " + version);
                return new Change.MakeDefault(name, version);
            }
            case 5 -> {
                told.add("retire " + name + " " + version);
                return new Change.Retire(name, Optional.of(version));
            }
            case 6 -> {
                told.add("retire " + name);
                return new Change.Retire(name, Optional.empty());
            }
            case 7 -> {
                long target = 1 + random.nextLong(seen);
                boolean whole = random.nextBoolean();
                told.add("rollback " + target + (whole ? "" : " " + name));
                return new Change.RollBack(
                        bundles.releases.release(target), whole ? Optional.empty() : Optional.of(name));
            }
            default -> {
                boolean asDefault = random.nextBoolean();
                DeployedVersion stored = store(name, version, unique);
                told.add("deploy " + name + " " + version + " "
                        + stored.version().digest() + " " + asDefault);
                return new Change.Deploy(stored, asDefault, DeployMode.REPLACE);
            }
        }
    }

    private DeployedVersion store(String name, String version, String unique) {
        byte[] file = Archives.folder(name, version, "% " + seed + " " + unique).tarGz();
        try (Intake intake = bundles.deployer.intake()) {
            intake.receive("file", new ByteArrayInputStream(file));
            return requireNonNull(intake.store(Map.of("file", Intake.Wanted.of(BundleNaming.BY_FILE)))
                    .get("file"));
        }
    }
}
