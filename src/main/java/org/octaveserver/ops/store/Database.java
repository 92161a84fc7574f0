package org.octaveserver.ops.store;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.lifecycle.Managed;
import org.octaveserver.ops.lifecycle.NamedThreads;

/** The connections to the database: one that writes and some that read. Thread-safe between start and stop. */
final class Database implements Managed {
    private static final Logger LOG = LogManager.getLogger(Database.class);
    private static final int READERS = 4;
    /** How long somebody waits for a connection while the database is away. */
    private static final long CONNECT_MILLIS = 2000;

    private final Dialect dialect;
    private final Outages outages;
    private volatile @Nullable Pools pools;

    Database(Dialect dialect, Outages outages) {
        this.dialect = dialect;
        this.outages = outages;
    }

    private record Pools(HikariDataSource writing, HikariDataSource reading, Jdbi writer, Jdbi reader) {}

    Dialect dialect() {
        return dialect;
    }

    /**
     * Makes or renews the tables, and connects.
     *
     * @throws IllegalStateException which says what the operator must do
     */
    @Override
    public void start() {
        new Schema(dialect).prepare();
        HikariDataSource writing = pool(dialect.writing(), "jobs-writer", 1);
        HikariDataSource reading = pool(dialect.reading(), "jobs-reader", READERS);
        pools = new Pools(writing, reading, jdbi(writing), jdbi(reading));
    }

    /** Its messages stand in the log, and quote what statements are bound to if nobody forbids it. */
    private static Jdbi jdbi(DataSource source) {
        Jdbi jdbi = Jdbi.create(source);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        return jdbi;
    }

    private HikariDataSource pool(DataSource source, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName(name);
        config.setThreadFactory(new NamedThreads(name));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setInitializationFailTimeout(-1);
        // Else the pool asks the first connection, and is of no use any more when that one breaks meanwhile.
        config.setTransactionIsolation(dialect.isolation());
        return new HikariDataSource(config);
    }

    @Override
    public void stop() {
        @Nullable Pools open = pools;
        if (open != null) {
            open.writing().close();
            open.reading().close();
        }
        deregister();
    }

    /** The drivers register themselves when they are loaded, and would keep a stopped web application in memory. */
    private static void deregister() {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (List.of(org.postgresql.Driver.class, org.sqlite.JDBC.class).contains(driver.getClass())) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    LOG.warn("driver={} stays registered", driver.getClass().getName(), e);
                }
            }
        }
    }

    /**
     * Reads.
     *
     * @throws org.octaveserver.ops.error.OpsException JOB_STORE_UNAVAILABLE
     */
    <T> T read(Function<Handle, T> query) {
        for (int tries = 1; ; tries++) {
            try (Handle handle = open().reader().open()) {
                T answer = query.apply(handle);
                outages.read();
                return answer;
            } catch (RuntimeException e) {
                // After an outage, each connection of the pool may be one of those that broke.
                if (tries > READERS || !Outages.isPassing(e, dialect)) {
                    throw outages.asFailureOfReading(e, dialect);
                }
            }
        }
    }

    /** A transaction of the one thread that writes; the connection of one that fails is not used again. */
    void write(Consumer<Handle> transaction) {
        Pools open = open();
        try (Handle handle = open.writer().open()) {
            Connection connection = handle.getConnection();
            try {
                handle.begin();
                transaction.accept(handle);
                handle.commit();
            } catch (RuntimeException e) {
                rollback(handle);
                open.writing().evictConnection(connection);
                throw e;
            }
        }
    }

    private static void rollback(Handle handle) {
        try {
            handle.rollback();
        } catch (RuntimeException e) {
            LOG.debug("a transaction that failed cannot be rolled back", e);
        }
    }

    private Pools open() {
        return requireNonNull(pools, "the store of jobs is not started");
    }
}
