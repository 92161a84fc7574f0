package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLibraryTest {
    private static final String PLACE = "org.sqlite.tmpdir";

    @TempDir
    Path folder;

    @Test
    void removesWhatAServerHasLeftThatWasKilled() throws IOException {
        Path directory = Files.createDirectories(folder.resolve("run/sqlite"));
        Path left = Files.writeString(directory.resolve("sqlite-3.54.1.0-1-libsqlitejdbc.so"), "library");
        Path lock = Files.writeString(directory.resolve("sqlite-3.54.1.0-1-libsqlitejdbc.so.lck"), "");

        new SqliteLibrary(directory).load();

        assertThat(left).doesNotExist();
        assertThat(lock).doesNotExist();
        assertThat(System.getProperty(PLACE)).isNull();
    }

    @Test
    void isLoadedFromTheSystemsDirectoryWhereItHasNone() throws IOException {
        Path directory = Files.writeString(folder.resolve("file"), "no directory");

        new SqliteLibrary(directory).load();

        assertThat(System.getProperty(PLACE)).isNull();
        Stores.sqlite(folder.resolve("jobs")).stop();
    }
}
