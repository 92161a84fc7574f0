package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildLogTest {
    @TempDir
    Path source;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectories(source.resolve("src/deep"));
        for (String name : new String[] {"f.cc", "g.f90", "Makefile", "deep/h.c"}) {
            Files.createFile(source.resolve("src").resolve(name));
        }
    }

    @Test
    void findsWhatCompilersSay() {
        String log = """
                mkoctfile f.cc
                f.cc: In function 'int f()':
                f.cc:49:32: error: 'x' was not declared in this scope
                   49 |   x;
                f.cc:3:10: fatal error: no.h: No such file or directory
                f.cc:9:1: warning: unused: error: none
                """ + source + "/src/deep/h.c:7: undefined reference to `foo'\n"
                + "/usr/include/x.h:5:1: error: odd\nMakefile:3: *** missing separator.  Stop.\n";
        assertThat(new BuildLog(log).errors(source))
                .containsExactly(
                        "src/f.cc:49: 'x' was not declared in this scope",
                        "src/f.cc:3: no.h: No such file or directory",
                        "src/deep/h.c:7: undefined reference to `foo'",
                        "/usr/include/x.h:5: odd",
                        "src/Makefile:3: missing separator.  Stop.");
    }

    @Test
    void findsWhatFortranSays() {
        String log = "g.f90:3:5:\n\n    3 |   x = 1\n      |     1\nError: Symbol 'x' has no IMPLICIT type\n";
        assertThat(new BuildLog(log).errors(source)).containsExactly("src/g.f90:3: Symbol 'x' has no IMPLICIT type");
    }

    @Test
    void listsNoMoreThanSomeErrors() {
        String log = "f.cc:1:1: error: a\n".repeat(3) + "f.cc:2:1: error: b\n".repeat(200_000);
        assertThat(new BuildLog(log).errors(source)).containsExactly("src/f.cc:1: a", "src/f.cc:2: b");
    }

    @Test
    void quotesTheEndFromTheBeginningOfALine() {
        String log = "a line of it\n".repeat(1000) + "the last\n";
        assertThat(new BuildLog(log).end())
                .startsWith("...\na line of it\n")
                .endsWith("the last")
                .hasSizeLessThan(6010);
        assertThat(new BuildLog("short\n").end()).isEqualTo("short");
    }
}
