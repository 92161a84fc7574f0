package org.octaveserver.ops.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, which several nodes may share; its time is that of the database. */
final class Postgres implements Dialect {
    static final String PREFIX = "jdbc:postgresql:";

    private static final String CONNECT_SECONDS = "3";
    /** No statement of OPS takes so long: the other end is gone, and did not say so. */
    private static final String SILENT_SECONDS = "30";

    /** Of a long lease, that much counts: nobody else should wait longer either. */
    private static final long MOST_MILLIS = 30_000;
    /** So many times the interval is less than a lease: the first, and those in vain. */
    private static final int KEEPALIVES = 5;

    private final DataSource source;

    Postgres(String url, Optional<String> user, Optional<String> password, Duration lease) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "ops");
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", SILENT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("options", limits(lease));
        user.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(secret -> properties.setProperty("password", secret));
        source = new PostgresSource(url, properties);
    }

    /**
     * A node that freezes inside a transaction holds the lock that all write under. The server ends such a connection, before
     * the leases of the others run out (PostgreSQL's documentation, 20.11.1 and 20.3.2). {@code options} of the URL come
     * in place of all these.
     */
    private static String limits(Duration lease) {
        long millis = Math.min(lease.toMillis(), MOST_MILLIS);
        long seconds = Math.max(1, millis / 1000 / KEEPALIVES);
        return "-c idle_in_transaction_session_timeout=" + millis / 2
                + " -c lock_timeout=" + millis / 3
                + " -c statement_timeout=" + millis * 2 / 3
                + " -c tcp_keepalives_idle=" + seconds
                + " -c tcp_keepalives_interval=" + seconds
                + " -c tcp_keepalives_count=" + (KEEPALIVES - 2);
    }

    @Override
    public DataSource writing() {
        return source;
    }

    @Override
    public DataSource reading() {
        return source;
    }

    @Override
    public String migrations() {
        return "postgresql";
    }

    /** Each statement sees what was committed before it: so the one after the lock of the head sees all of those before. */
    @Override
    public String isolation() {
        return "TRANSACTION_READ_COMMITTED";
    }

    @Override
    public String head() {
        return "select counter, queued, turn, cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as now"
                + " from head for update";
    }

    @Override
    public OptionalLong now() {
        return OptionalLong.empty();
    }

    /** By the class of the SQLSTATE (PostgreSQL's documentation, appendix A). */
    @Override
    public StoreFailure judge(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        if (state == null || state.length() < 2) {
            return StoreFailure.outage("it cannot be reached");
        }
        return switch (state.substring(0, 2)) {
            case "08" -> StoreFailure.passing("its connection is lost");
            case "57" -> StoreFailure.passing("it stops or starts, or has ended the connection or the statement");
            case "40" -> StoreFailure.passing("another transaction stood in the way");
            case "25" ->
                state.equals("25P03")
                        ? StoreFailure.passing("it has ended a transaction that stood still")
                        : StoreFailure.outage("it cannot be written to");
            case "28" -> StoreFailure.outage("it refuses the login (ops.jobs.user, ops.jobs.password)");
            case "3D" -> StoreFailure.outage("there is no database of that name");
            case "42" ->
                state.equals("42501")
                        ? StoreFailure.outage("it refuses the rights that OPS needs (ops.jobs.user)")
                        : StoreFailure.statement();
            case "53" -> StoreFailure.outage("it has no room, no memory or no connection left");
            case "55" -> StoreFailure.passing("a row is locked");
            case "58", "XX" -> StoreFailure.outage("its disk fails, or it is damaged");
            default -> StoreFailure.statement();
        };
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public String startedWithin() {
        return "select case when extract(epoch from clock_timestamp() - pg_postmaster_start_time()) * 1000 < :age"
                + " then 1 else 0 end";
    }

    /** Of this transaction; also one that only locks a row has a number, and is committed as one that writes. */
    @Override
    public String changes() {
        return "select cast(coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) as bigint)"
                + " from pg_stat_xact_user_tables";
    }

    @Override
    public String place() {
        return "the database of jobs (ops.jobs.url)";
    }
}
