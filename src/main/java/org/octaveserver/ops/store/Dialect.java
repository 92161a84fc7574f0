package org.octaveserver.ops.store;

import java.sql.SQLException;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** In what the databases differ. Thread-safe. */
interface Dialect {
    /** New connections for the one thread that writes, and for migrations. */
    DataSource writing();

    /** New connections for reading. */
    DataSource reading();

    /** The folder of its migrations among the resources. */
    String migrations();

    /** The name of the isolation of transactions in JDBC. */
    String isolation();

    /** An SQL query that locks the head and answers counter, queued, turn and, where the database has the time, now. */
    String head();

    /** The time by which leases end, in milliseconds, where the database has none. */
    OptionalLong now();

    /** What an exception means. */
    StoreFailure judge(SQLException failure);

    /**
     * Whether leases run out, because another node may take over. Else one server alone uses the database, and what
     * others have left is nobody's.
     */
    boolean isShared();

    /** SQL that tells whether the database started less than so many milliseconds ago, {@code :age}: 1 or 0. */
    String startedWithin();

    /** An SQL query for a number that grows with each row that a transaction changes. */
    String changes();

    /** Which database that is, for the operator, without any secret. */
    String place();
}
