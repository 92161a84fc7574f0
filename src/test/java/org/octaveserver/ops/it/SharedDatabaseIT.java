package org.octaveserver.ops.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.store.RealPostgres;

/** A server with a PostgreSQL, and another one that is given the same. */
class SharedDatabaseIT {
    @TempDir
    Path folder;

    @Test
    void isNotSharedWithANodeThatHasDirectoriesAndASecretOfItsOwn() throws Exception {
        try (RealPostgres postgres = RealPostgres.start()) {
            Map<String, String> settings =
                    new HashMap<>(Map.of("ops.jobs.url", postgres.fresh(), "ops.jobs.user", "ops"));
            Path one = folder.resolve("one");
            Path two = folder.resolve("two");
            ServerProcess.start(one, settings, ServerProcess.Start.PLAIN).close();
            try (TestServer again = ServerProcess.start(one, settings, ServerProcess.Start.PLAIN)) {
                assertThat(again.get("/api/health").statusCode()).isEqualTo(200);
                assertThat(refused(two, settings)).contains("ops.jobs.directory is " + two.resolve("home/jobs"));
                settings.put("ops.jobs.directory", again.home().resolve("jobs").toString());
                assertThat(refused(two, settings)).contains("ops.bundles.directory is " + two.resolve("home/bundles"));
                settings.put(
                        "ops.bundles.directory", again.home().resolve("bundles").toString());
                assertThat(refused(two, settings)).contains("ops.callbacks.secret (if it is not set");
                String secret = "conf/callback-secret";
                Files.copy(
                        again.home().resolve(secret),
                        two.resolve("home").resolve(secret),
                        StandardCopyOption.REPLACE_EXISTING);
                ServerProcess.start(two, settings, ServerProcess.Start.PLAIN).close();
            }
        }
    }

    private static String refused(Path folder, Map<String, String> settings) throws Exception {
        Files.createDirectories(folder);
        return ServerProcess.refuses(folder, settings, ServerProcess.Start.PLAIN);
    }
}
