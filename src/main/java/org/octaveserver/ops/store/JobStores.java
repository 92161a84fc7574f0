package org.octaveserver.ops.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.octaveserver.ops.job.DeliveryStore;
import org.octaveserver.ops.job.JobStore;
import org.octaveserver.ops.lifecycle.DurableFiles;
import org.octaveserver.ops.lifecycle.FileClaim;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.OwnerOnly;
import org.octaveserver.ops.settings.SettingsException;

/** The stores of jobs and of what is to be told, in one database. Usable between start and stop. */
public final class JobStores implements Managed {
    private static final String FILE = "jobs.db";
    private static final String LOCK = "jobs.lock";
    private static final long START_SECONDS = 30;

    private final Path directory;
    private final SqliteLibrary library;
    private final FileClaim claim;
    private final Agreement agreement;
    private final Database database;
    private final Writer writer;
    private final SqlJobStore jobs;
    private final SqlDeliveryStore deliveries;

    private JobStores(InCommon common, SqliteLibrary library, Dialect dialect, Outages outages, InstantSource clock) {
        this.directory = common.jobs();
        this.library = library;
        this.claim = new FileClaim(
                directory.resolve(LOCK),
                "another server has its jobs in " + directory
                        + "; set ops.jobs.directory to a directory of this server's own, or ops.jobs.url to a database that"
                        + " both may share");
        this.agreement = new Agreement(dialect, common);
        this.database = new Database(dialect, outages);
        this.writer = new Writer(database, outages, clock);
        this.jobs = new SqlJobStore(database, writer, outages);
        this.deliveries = new SqlDeliveryStore(writer);
    }

    /**
     * Chooses the database; does not touch it before {@link #start}.
     *
     * @param common what nodes that share the database must share, too
     * @param scratch a directory that is this server's alone from before the start; what is in it is removed
     * @param clock for the times that people are told
     * @throws SettingsException when the settings name no database that OPS knows
     */
    public static JobStores of(JobStoreSettings settings, InCommon common, Path scratch, InstantSource clock) {
        Outages outages = new Outages(System::nanoTime, settings.lease());
        Optional<String> url = settings.url();
        Dialect dialect = url.isPresent()
                ? postgres(url.get(), settings)
                : new Sqlite(common.jobs().resolve(FILE), clock, System::nanoTime);
        return new JobStores(common, new SqliteLibrary(scratch), dialect, outages, clock);
    }

    private static Dialect postgres(String url, JobStoreSettings settings) {
        if (!url.startsWith(Postgres.PREFIX)) {
            throw new SettingsException(List.of("ops.jobs.url: expected " + Postgres.PREFIX
                    + "//host/database, or nothing for an embedded database; got another kind of URL"));
        }
        return new Postgres(
                url,
                settings.user(),
                settings.password().or(() -> settings.passwordFile().map(JobStores::firstLine)),
                settings.lease());
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new SettingsException(List.of("ops.jobs.password-file: " + file + " cannot be read: " + e));
        }
    }

    /** Where jobs are. */
    public JobStore jobs() {
        return jobs;
    }

    /** Where it stands what is to be told. */
    public DeliveryStore deliveries() {
        return deliveries;
    }

    /**
     * Connects, and makes the tables where there are none.
     *
     * @throws IllegalStateException when the database cannot be used; the message says what to do
     */
    @Override
    public void start() {
        try {
            DurableFiles.ensureDirectory(directory, OwnerOnly.directory());
        } catch (IOException e) {
            throw new IllegalStateException("the directory of jobs cannot be made (ops.jobs.directory): " + e, e);
        }
        if (!database.dialect().isShared()) {
            claim();
        }
        try {
            open();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    private void claim() {
        try {
            claim.start();
            makeFile();
            library.load();
        } catch (UncheckedIOException e) {
            throw new IllegalStateException("the directory of jobs cannot be used (ops.jobs.directory): " + e, e);
        }
    }

    /** Before SQLite does, which lets all read it, and gives the files beside it the mode that it has. */
    private void makeFile() {
        Path file = directory.resolve(FILE);
        try {
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(file, OwnerOnly.file());
            }
        } catch (IOException e) {
            claim.stop();
            throw new UncheckedIOException(e);
        }
    }

    private void open() {
        database.start();
        if (database.dialect().isShared()) {
            agreement.check();
        }
        writer.start();
        if (!database.dialect().isShared()) {
            await(writer.write(work -> {
                new DeliveryRows(work).allDue();
                return true;
            }));
        }
    }

    private static void await(CompletableFuture<Boolean> done) {
        try {
            done.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the start was interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the database of jobs cannot be written to: " + e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        writer.stop();
        database.stop();
        claim.stop();
    }
}
