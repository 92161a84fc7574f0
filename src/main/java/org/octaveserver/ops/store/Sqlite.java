package org.octaveserver.ops.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A file. Its directory is locked (JobStores), so no other server uses it. Its time goes on as this process's clock that never
 * jumps does.
 */
final class Sqlite implements Dialect {
    private static final int BUSY_MILLIS = 1000;
    private static final int PRIMARY_CODE = 0xff;
    private static final long NANOS = 1_000_000;

    private final Path file;
    private final LongSupplier nanoTime;
    private final long begin;
    private final long beginNanos;

    Sqlite(Path file, InstantSource clock, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.begin = clock.millis();
        this.beginNanos = nanoTime.getAsLong();
    }

    @Override
    public DataSource writing() {
        return source(SQLiteConfig.TransactionMode.IMMEDIATE);
    }

    @Override
    public DataSource reading() {
        return source(SQLiteConfig.TransactionMode.DEFERRED);
    }

    private DataSource source(SQLiteConfig.TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setTransactionMode(mode);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    @Override
    public String migrations() {
        return "sqlite";
    }

    @Override
    public String isolation() {
        return "TRANSACTION_SERIALIZABLE";
    }

    @Override
    public String head() {
        return "select counter, queued, turn from head";
    }

    @Override
    public OptionalLong now() {
        return OptionalLong.of(begin + (nanoTime.getAsLong() - beginNanos) / NANOS);
    }

    @Override
    public StoreFailure judge(SQLException failure) {
        return switch (failure.getErrorCode() & PRIMARY_CODE) {
            case 5, 6 -> StoreFailure.passing("another process has locked it");
            case 8 -> StoreFailure.outage("it cannot be written to");
            case 10 -> StoreFailure.outage("its disk fails");
            case 11, 26 -> StoreFailure.outage("it is damaged");
            case 13 -> StoreFailure.outage("its disk is full");
            case 14 -> StoreFailure.outage("it cannot be opened");
            case 0 -> StoreFailure.outage("it cannot be used");
            default -> StoreFailure.statement();
        };
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public String startedWithin() {
        return "select 0 where :age is null";
    }

    @Override
    public String changes() {
        return "select total_changes()";
    }

    @Override
    public String place() {
        return "the database of jobs, " + file + " (ops.jobs.directory)";
    }
}
