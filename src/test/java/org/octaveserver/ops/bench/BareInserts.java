package org.octaveserver.ops.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.octaveserver.ops.lifecycle.Deadline;
import org.sqlite.SQLiteConfig;

/**
 * The floor of submissions: threads that share one connection to a file of SQLite's and insert rows, each of which is on
 * disk, as the store of jobs has it, before the next.
 */
final class BareInserts implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;

    /**
     * Makes the file.
     *
     * @param bytes how large each row is
     */
    BareInserts(Path file, int bytes) throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        try {
            connection = config.createConnection("jdbc:sqlite:" + file);
            try (Statement make = connection.createStatement()) {
                boolean unused = make.execute("create table plain (number integer primary key, content blob not null)");
            }
            insert = connection.prepareStatement("insert into plain (content) values (?)");
            insert.setBytes(1, new byte[bytes]);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** How many rows a second so many threads insert. */
    double perSecond(int threads, Duration time) throws IOException, InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            Deadline deadline = Deadline.after(time);
            long rows = 0;
            for (Future<Long> one : executor.invokeAll(Collections.nCopies(threads, loop(deadline)))) {
                rows += one.get();
            }
            return rows * 1e9 / (System.nanoTime() - begin);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private Callable<Long> loop(Deadline deadline) {
        return () -> {
            long rows = 0;
            while (!deadline.passed()) {
                rows += insert();
            }
            return rows;
        };
    }

    private synchronized int insert() throws SQLException {
        return insert.executeUpdate();
    }

    /** How many there are. */
    long rows() throws IOException {
        try (Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from plain")) {
            return count.getLong(1);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
