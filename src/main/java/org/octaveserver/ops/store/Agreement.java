package org.octaveserver.ops.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Keeps nodes away from a database of jobs that have not got what its other nodes have: they would take jobs of which they
 * have neither arguments nor bundle. The first node leaves marks in its directories and notes them in the database;
 * each other one must find them. The row stays locked between, so nodes that start at once do it one after the other; a file
 * that nothing notes yet, since its node died between, is taken as it is.
 */
final class Agreement {
    private static final String SECRET = "ops.callbacks.secret";

    private final Dialect dialect;
    private final InCommon mine;

    Agreement(Dialect dialect, InCommon mine) {
        this.dialect = dialect;
        this.mine = mine;
    }

    private record Noted(String name, Optional<String> jobs, Optional<String> bundles, Optional<String> secret) {
        static Noted of(ResultSet row) throws SQLException {
            return new Noted(
                    row.getString("name"),
                    Optional.ofNullable(row.getString("jobs_directory")),
                    Optional.ofNullable(row.getString("bundles_directory")),
                    Optional.ofNullable(row.getString("callback_secret")));
        }
    }

    /**
     * Looks whether this node has what the others have, and notes what none has noted yet.
     *
     * @throws IllegalStateException when it has not; the message says what to do
     */
    void check() {
        try {
            Jdbi.create(dialect.writing()).useTransaction(this::check);
        } catch (JdbiException e) {
            throw unusable(e);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private void check(Handle handle) {
        Noted noted = handle.createQuery(
                        "select name, jobs_directory, bundles_directory, callback_secret from instance for update")
                .map((row, context) -> Noted.of(row))
                .one();
        String jobs = jobs(noted);
        String bundles = marked(new DirectoryMark(mine.bundles(), "ops.bundles.directory"), noted.bundles(), random());
        String secret = secret(noted);
        int unused = handle.createUpdate("update instance set jobs_directory = :jobs, bundles_directory = :bundles,"
                        + " callback_secret = :secret")
                .bind("jobs", jobs)
                .bind("bundles", bundles)
                .bind("secret", secret)
                .execute();
    }

    private static String random() {
        return UUID.randomUUID().toString();
    }

    /** Named after the database: files that another one knows would be removed here, since nothing refers to them. */
    private String jobs(Noted noted) {
        DirectoryMark mark = new DirectoryMark(mine.jobs(), "ops.jobs.directory");
        String text = marked(mark, noted.jobs(), noted.name());
        if (noted.jobs().isEmpty() && !text.equals(noted.name())) {
            throw new IllegalStateException(
                    mark.setting() + " is " + mark.directory()
                            + ", where another database of jobs has its files (" + mark.file()
                            + "). Name a directory of this database's own; if that other one is gone for ever, remove this file");
        }
        return text;
    }

    private static String marked(DirectoryMark mark, Optional<String> noted, String fresh) {
        try {
            if (noted.isEmpty() && mark.read().isEmpty()) {
                mark.write(fresh);
            }
            Optional<String> found = mark.read();
            if (noted.isPresent() && !found.equals(noted)) {
                throw otherDirectory(mark, found, noted.get());
            }
            return found.orElse(fresh);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    mark.setting() + ": nodes that share a database of jobs know their common directory by the file "
                            + mark.file() + ", which the first of them writes; it cannot be used: " + e,
                    e);
        }
    }

    private static IllegalStateException otherDirectory(DirectoryMark mark, Optional<String> found, String noted) {
        return new IllegalStateException(mark.setting() + " is " + mark.directory()
                + ", which is not the directory that other nodes use with this database of jobs (ops.jobs.url): "
                + found.map(text -> "its file " + mark.file().getFileName() + " is another one")
                        .orElse("it has no file " + mark.file().getFileName())
                + ". Name the directory of the others. If this one is meant to be it (restored from a backup, say), write "
                + noted + " into " + mark.file() + " and start again");
    }

    private String secret(Noted noted) {
        String secret = mine.signature().fingerprint(noted.name());
        if (!noted.secret().orElse(secret).equals(secret)) {
            throw new IllegalStateException(
                    SECRET
                            + " (if it is not set: the file conf/callback-secret in OPS_HOME) is not that of the other nodes which use this"
                            + " database of jobs (ops.jobs.url); receivers would refuse what one of them sends. Set it as the others"
                            + " have it, or copy their file. If it is to be a new one: stop all nodes, run the statement"
                            + " \"update instance set callback_secret = null\" in the database, and start them with the new one");
        }
        return secret;
    }

    private IllegalStateException unusable(JdbiException e) {
        String why = Outages.cause(e)
                .map(cause -> dialect.judge(cause).words() + " (SQLSTATE " + cause.getSQLState() + ")")
                .orElseGet(e::toString);
        return new IllegalStateException(dialect.place() + " cannot be used: " + why, e);
    }
}
