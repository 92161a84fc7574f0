package org.octaveserver.ops.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.octaveserver.ops.job.JobIds;
import org.sqlite.SQLiteConfig;

/** The database of a server's jobs, by SQL: what would take minutes through the server. */
public final class JobFile {
    private static final int AT_ONCE = 1000;

    private final String url;

    /** That of a file. */
    public JobFile(Path file) {
        this.url = "jdbc:sqlite:" + file;
    }

    /** How many bytes a job occupies in its tables, indexes left out. */
    public int size(UUID job) throws IOException {
        try (Connection connection = new SQLiteConfig().createConnection(url)) {
            return size(connection, "job", "id", job) + size(connection, "payload", "job", job);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static int size(Connection connection, String table, String key, UUID job) throws SQLException {
        String sum = columns(connection, table).stream()
                .map(column -> "coalesce(length(cast(" + column + " as blob)), 0)")
                .collect(Collectors.joining(" + "));
        try (PreparedStatement statement = connection.prepareStatement(
                "select coalesce(sum(" + sum + "), 0) from " + table + " where " + key + " = ?")) {
            statement.setString(1, job.toString());
            return statement.executeQuery().getInt(1);
        }
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select name from pragma_table_info('" + table + "')")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    /**
     * Copies a finished job, the only one that there is. No server may use the database.
     *
     * @return the ids of the copies
     */
    public List<UUID> copy(UUID job, int copies) throws IOException {
        JobIds ids = new JobIds();
        List<UUID> made = new ArrayList<>();
        try (Connection connection = new SQLiteConfig().createConnection(url)) {
            connection.setAutoCommit(false);
            try (PreparedStatement jobs =
                            copying(connection, "job", "id", Map.of("id", "?1", "sequence", "sequence + ?2"));
                    PreparedStatement payloads = copying(connection, "payload", "job", Map.of("job", "?1"))) {
                for (int i = 1; i <= copies; i++) {
                    UUID id = ids.next().value();
                    made.add(id);
                    add(jobs, id, i, job);
                    add(payloads, id, i, job);
                    if (i % AT_ONCE == 0 || i == copies) {
                        int unused = jobs.executeBatch().length + payloads.executeBatch().length;
                    }
                }
            }
            count(connection, copies);
            connection.commit();
            return made;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Makes a copy of the row whose key is the third parameter, with these expressions for some columns. */
    private static PreparedStatement copying(
            Connection connection, String table, String key, Map<String, String> otherwise) throws SQLException {
        List<String> columns = columns(connection, table);
        String values = columns.stream()
                .map(column -> otherwise.getOrDefault(column, column))
                .collect(Collectors.joining(", "));
        return connection.prepareStatement("insert into %s (%s) select %s from %1$s where %s = ?3"
                .formatted(table, String.join(", ", columns), values, key));
    }

    private static void add(PreparedStatement copy, UUID id, int number, UUID of) throws SQLException {
        copy.setString(1, id.toString());
        copy.setInt(2, number);
        copy.setString(3, of.toString());
        copy.addBatch();
    }

    /** What the store counts, so that it need not count rows. */
    private static void count(Connection connection, int copies) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int unused = statement.executeUpdate("update head set counter = counter + " + copies)
                    + statement.executeUpdate("update party set finished_bytes = finished_bytes * " + (copies + 1));
        }
    }
}
