package org.octaveserver.ops.bundle.autodeploy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What was done with the files of the folder, kept in a file of this server's: so that a file that vanished while the
 * server was down is taken away, and one that did not change is not deployed again over what an operator did since.
 *
 * @param file where it is kept
 */
record Ledger(Path file) {
    private static final Logger LOG = LogManager.getLogger(Ledger.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** One file, as it is written. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            @Nullable FileStamp stamp,
            DeployTarget.@Nullable Target target,
            @Nullable String problem) {
        static Line of(Deployment deployment) {
            return new Line(
                    deployment.stamp().orElse(null),
                    deployment.target().orElse(null),
                    deployment.problem().orElse(null));
        }

        Deployment toDeployment() {
            return new Deployment(
                    Optional.ofNullable(stamp), Optional.ofNullable(target), Optional.ofNullable(problem));
        }
    }

    /** What is kept; nothing when there is no file, or a damaged one: then every file counts as new. */
    Map<String, Deployment> read() {
        Map<String, Deployment> deployments = new TreeMap<>();
        if (Files.exists(file)) {
            try {
                MAPPER.readValue(Files.readAllBytes(file), new TypeReference<Map<String, Line>>() {})
                        .forEach((name, line) -> deployments.put(name, line.toDeployment()));
            } catch (IOException e) {
                LOG.warn("{} cannot be read; files of the hot-deploy folder count as new: {}", file, e.getMessage());
                return new TreeMap<>();
            }
        }
        return deployments;
    }

    /** In one step: a crash leaves the old file or the new one. */
    void write(Map<String, Deployment> deployments) {
        Map<String, Line> lines = new TreeMap<>();
        deployments.forEach((name, deployment) -> lines.put(name, Line.of(deployment)));
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.write(written, MAPPER.writeValueAsBytes(lines));
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("{} cannot be written; after a restart files count as new: {}", file, e.getMessage());
        }
    }
}
