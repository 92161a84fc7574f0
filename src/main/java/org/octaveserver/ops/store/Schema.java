package org.octaveserver.ops.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** The tables: made or renewed by Flyway at the start, where they are not what they must be already. */
final class Schema {
    /** The last of the migrations. */
    private static final int VERSION = 1;

    private static final String TABLE = "ops_schema";

    private static final String FOLDER = "classpath:org/octaveserver/ops/store/";

    private final Dialect dialect;

    Schema(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Makes the tables what this OPS needs; Flyway itself is loaded only where there is something to do. */
    void prepare() {
        try {
            if (!isPresent()) {
                migrate();
            }
            nameOnce();
        } catch (SQLException e) {
            throw unusable(dialect.judge(e).words() + " (" + reason(e) + ")", e);
        }
    }

    private boolean isPresent() throws SQLException {
        try (Connection connection = dialect.reading().getConnection();
                Statement statement = connection.createStatement();
                ResultSet tables = tables(connection)) {
            if (!tables.next()) {
                return false;
            }
            try (ResultSet last = statement.executeQuery(
                    "select max(cast(version as integer)), min(case when success then 1 else 0 end) from ops_schema")) {
                last.next();
                int version = last.getInt(1);
                if (version > VERSION) {
                    throw new IllegalStateException(
                            dialect.place() + " was written by a newer OPS (its tables are version "
                                    + version + ", this OPS knows " + VERSION
                                    + "): start that one, or give this one another database");
                }
                return version == VERSION && last.getInt(2) == 1;
            }
        }
    }

    /** Of the connection's own schema: another one of the same database may have tables of another installation. */
    private ResultSet tables(Connection connection) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        @Nullable String schema = connection.getSchema();
        if (schema == null && dialect.isShared()) {
            throw new IllegalStateException(
                    dialect.place()
                            + " cannot be used: there is no schema for its tables; make the one that currentSchema of the URL names");
        }
        String own = schema == null ? null : exactly(schema, meta);
        return meta.getTables(connection.getCatalog(), own, exactly(TABLE, meta), null);
    }

    /** As a pattern. */
    private static String exactly(String name, DatabaseMetaData meta) throws SQLException {
        return name.replaceAll("[_%]", Matcher.quoteReplacement(meta.getSearchStringEscape()) + "$0");
    }

    private void migrate() {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(dialect.writing())
                    .locations(FOLDER + dialect.migrations())
                    .table(TABLE)
                    .target(MigrationVersion.fromVersion(Integer.toString(VERSION)))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            Optional<SQLException> cause = Outages.cause(e);
            throw unusable(
                    cause.map(dialect::judge)
                            .filter(judged -> judged.kind() != StoreFailure.Kind.STATEMENT)
                            .map(StoreFailure::words)
                            .orElse("its tables are not what OPS has made"),
                    e);
        }
    }

    private IllegalStateException unusable(String why, Exception cause) {
        return new IllegalStateException(
                dialect.place() + " cannot be used: " + why
                        + ". Mend it, restore it from a backup, or name another one; without its file OPS makes an empty one",
                cause);
    }

    private static String reason(SQLException failure) {
        return failure.getSQLState() == null ? "code " + failure.getErrorCode() : "SQLSTATE " + failure.getSQLState();
    }

    /** Nodes that start at once agree on one name: the first that is written. */
    private void nameOnce() throws SQLException {
        try (Connection connection = dialect.writing().getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into instance (one, name) values (1, ?) on conflict (one) do nothing")) {
            insert.setString(1, UUID.randomUUID().toString());
            insert.executeUpdate();
        }
    }
}
