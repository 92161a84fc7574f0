package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.job.callback.CallbackSignature;

/** Nodes that share a database, and nothing else or all that they must. */
class AgreementIT {
    @RegisterExtension
    static final FreshDatabase DATABASE = new FreshDatabase();

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String MARK = ".ops-directory";
    private static final int NODES = 6;

    @TempDir
    Path folder;

    private InCommon first;

    @BeforeEach
    void begin() {
        first = common("jobs", "bundles", "secret");
    }

    private InCommon common(String jobs, String bundles, String secret) {
        return new InCommon(folder.resolve(jobs), folder.resolve(bundles), new CallbackSignature(secret));
    }

    /** Nodes of one JVM claim nothing in it, so each start could be that of another machine. */
    private static void start(InCommon common) {
        Stores.postgres(DATABASE.url(), common, LEASE).stop();
    }

    private String mark(String directory) throws IOException {
        return Files.readString(folder.resolve(directory).resolve(MARK)).strip();
    }

    private static List<String> row() throws SQLException {
        try (Connection connection = RealPostgres.connect(DATABASE.url());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select name, jobs_directory, bundles_directory, callback_secret from instance")) {
            assertThat(row.next()).isTrue();
            return List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
        }
    }

    @Test
    void startsAgainAndBesideANodeThatHasTheSame() throws Exception {
        JobStores one = Stores.postgres(DATABASE.url(), first, LEASE);
        List<String> noted = row();
        start(first);
        one.stop();
        start(first);
        assertThat(row()).isEqualTo(noted);
        assertThat(noted).contains(mark("jobs"), mark("bundles"));
        assertThat(noted.get(3)).isNotEmpty().doesNotContain("secret");
    }

    @Test
    void findsItsDirectoriesUnderOtherPaths() throws IOException {
        start(first);
        Files.createSymbolicLink(folder.resolve("mounted"), folder.resolve("bundles"));
        Files.move(folder.resolve("jobs"), folder.resolve("elsewhere"));
        start(common("elsewhere", "mounted", "secret"));
    }

    @Test
    void refusesANodeThatHasAnotherDirectory() throws IOException {
        start(first);
        refuses(common("others", "bundles", "secret"), "ops.jobs.directory", folder.resolve("others"), mark("jobs"));
        refuses(common("jobs", "others", "secret"), "ops.bundles.directory", folder.resolve("others"), mark("bundles"));
        start(first);
    }

    /** What the message says helps. */
    private void refuses(InCommon other, String setting, Path directory, String text) throws IOException {
        assertThatThrownBy(() -> start(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(setting + " is " + directory)
                .hasMessageContaining("ops.jobs.url")
                .hasMessageContaining("it has no file " + MARK)
                .hasMessageContaining("write " + text + " into " + directory.resolve(MARK));
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(MARK), "of another database");
        assertThatThrownBy(() -> start(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(setting + " is " + directory)
                .hasMessageContaining("its file " + MARK + " is another one");
        Files.writeString(directory.resolve(MARK), text);
        start(other);
        Files.delete(directory.resolve(MARK));
    }

    @Test
    void refusesANodeThatHasAnotherSecretUntilItIsToBeANewOne() throws SQLException {
        start(first);
        InCommon other = common("jobs", "bundles", "another");
        assertThatThrownBy(() -> start(other))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ops.callbacks.secret")
                .hasMessageContaining("conf/callback-secret")
                .hasMessageContaining("update instance set callback_secret = null")
                .hasMessageNotContaining("another");
        start(first);
        RealPostgres.run(DATABASE.url(), "update instance set callback_secret = null");
        start(other);
        assertThatThrownBy(() -> start(first)).hasMessageContaining("ops.callbacks.secret");
    }

    @Test
    void oneOfThoseThatStartFirstAtOnceDecides() throws Exception {
        List<InCommon> same = new ArrayList<>();
        List<InCommon> different = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            same.add(first);
            different.add(common("jobs" + i, "bundles" + i, "secret"));
        }
        assertThat(startedAtOnce(same)).isEqualTo(NODES);
        RealPostgres.run(
                DATABASE.url(),
                "update instance set jobs_directory = null, bundles_directory = null, callback_secret = null");
        assertThat(startedAtOnce(different)).isEqualTo(1);
        assertThat(startedAtOnce(different)).isEqualTo(1);
    }

    private static long startedAtOnce(List<InCommon> nodes) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(nodes.size());
        try {
            long started = 0;
            List<Future<?>> starts = new ArrayList<>();
            nodes.forEach(node -> starts.add(threads.submit(() -> start(node))));
            for (Future<?> one : starts) {
                try {
                    one.get(60, TimeUnit.SECONDS);
                    started++;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).hasMessageContaining("which is not the directory that other nodes use");
                } catch (java.util.concurrent.TimeoutException e) {
                    throw new AssertionError(e);
                }
            }
            return started;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void takesTheFilesOfANodeThatDiedBeforeItNotedThem() throws Exception {
        start(first);
        List<String> noted = row();
        RealPostgres.run(
                DATABASE.url(),
                "update instance set jobs_directory = null, bundles_directory = null, callback_secret = null");
        start(first);
        assertThat(row()).isEqualTo(noted);
        assertThat(folder.resolve("jobs").toFile().list()).containsExactly(MARK);
    }

    @Test
    void aNewDatabaseTakesNoDirectoryOfJobsFromAnotherOne() throws Exception {
        start(first);
        String bundles = mark("bundles");
        String fresh = DATABASE.server().fresh();
        assertThatThrownBy(() -> Stores.postgres(fresh, first, LEASE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("ops.jobs.directory is " + folder.resolve("jobs"))
                .hasMessageContaining("another database of jobs has its files")
                .hasMessageContaining("remove this file");
        Files.delete(folder.resolve("jobs").resolve(MARK));
        Stores.postgres(fresh, first, LEASE).stop();
        // The store of bundles may be that of several databases.
        assertThat(mark("bundles")).isEqualTo(bundles);
        Stores.postgres(DATABASE.server().fresh(), common("others", "bundles", "secret"), LEASE)
                .stop();
        assertThatThrownBy(() -> start(first)).hasMessageContaining("its file " + MARK + " is another one");
    }

    @Test
    void saysWhichDirectoryCannotBeUsed() throws IOException {
        Files.writeString(folder.resolve("bundles"), "a file");
        assertThatThrownBy(() -> start(first))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("ops.bundles.directory: ")
                .hasMessageContaining(folder.resolve("bundles").resolve(MARK).toString());
        Files.delete(folder.resolve("bundles"));
        Files.createDirectories(folder.resolve("bundles").resolve(MARK));
        assertThatThrownBy(() -> start(first))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("ops.bundles.directory: ");
        Files.delete(folder.resolve("bundles").resolve(MARK));
        Files.createFile(folder.resolve("bundles").resolve(MARK));
        assertThatThrownBy(() -> start(first))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("ops.bundles.directory: ")
                .hasMessageContaining("it is empty");
        Files.delete(folder.resolve("bundles").resolve(MARK));
        start(first);
    }
}
