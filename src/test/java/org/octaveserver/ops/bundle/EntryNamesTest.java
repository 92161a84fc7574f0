package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class EntryNamesTest {
    private final EntryNames names = new EntryNames(100);

    @ParameterizedTest
    @CsvSource({"a.m, a.m", "./a.m, a.m", "p/inst/+q/a.m, p|inst|+q|a.m", "p//a.m, p|a.m", "a..m, a..m", "..a, ..a"})
    void admitsRelativePaths(String name, String segments) {
        assertThat(names.admit(name, false)).isEqualTo(java.util.List.of(segments.split("\\|", -1)));
    }

    @ParameterizedTest
    @CsvSource({"./, true", "., true"})
    void admitsTheDirectoryItself(String name, boolean directory) {
        assertThat(names.admit(name, directory)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x.m", "a/../../x.m", "a/..", "..", "./../x", "a/../b.m"})
    void refusesAnEntryThatClimbsOut(String name) {
        refuses(name, "\"" + name + "\" leaves the bundle; entries must be relative paths without \"..\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "//host/share", "/"})
    void refusesAbsolutePaths(String name) {
        refuses(name, "is an absolute path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..\\x.m", "a\\b", "\\\\host\\share"})
    void refusesBackslashes(String name) {
        refuses(name, "has a backslash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:/x.m", "c:x.m"})
    void refusesDriveLetters(String name) {
        refuses(name, "begins with a drive letter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000.m", "a\n.m", "a\u007f", "a\u0085b", "a\u2028b"})
    void refusesControlCharacters(String name) {
        refuses(name, "has a control character");
    }

    @Test
    void refusesNamesThatAreNotUtf8() {
        refuses("caf?.m", "is not UTF-8");
        refuses("caf\uFFFD.m", "is not UTF-8");
    }

    @Test
    void refusesAFileWithoutAName() {
        refuses("", "is a file without a name");
        refuses(".", "is a file without a name");
    }

    @Test
    void refusesNamesTooLongForAFileSystem() {
        assertThat(names.admit("a".repeat(255), false)).hasSize(1);
        refuses("a".repeat(256), "longer than the 255 bytes");
        refuses("\u00e9".repeat(128), "longer than the 255 bytes");
        refuses("ab/".repeat(400) + "x", "longer than the 1024 bytes");
    }

    @Test
    void refusesTheSamePathTwice() {
        names.admit("p/a.m", false);
        refuses("p/a.m", "is in the archive twice");
        refuses("p/./a.m", "is in the archive twice");
    }

    @Test
    void admitsADirectoryTwice() {
        names.admit("p/a.m", false);
        assertThat(names.admit("p/", true)).containsExactly("p");
        assertThat(names.admit("p/", true)).containsExactly("p");
    }

    @Test
    void refusesAFileThatIsAlsoADirectory() {
        names.admit("p", false);
        refuses("p/a.m", "needs \"p\" to be both a file and a directory");
        names.admit("q/a.m", false);
        refuses("q", "needs \"q\" to be both a file and a directory");
    }

    @Test
    void refusesNamesThatDifferOnlyInCase() {
        names.admit("inst/A.m", false);
        refuses("inst/a.m", "and \"inst/A.m\" differ only in upper and lower case");
        refuses("Inst/b.m", "and \"inst\" differ only in upper and lower case");
    }

    @Test
    void refusesNamesThatDifferOnlyInNormalisation() {
        names.admit("\u00e9.m", false);
        refuses("e\u0301.m", "differ only in Unicode normalisation");
    }

    @Test
    void countsEntriesAndTheDirectoriesTheyImply() {
        EntryNames few = new EntryNames(3);
        few.admit("a/b/c.m", false);
        tooMany(() -> few.admit("d.m", false));
        EntryNames repeated = new EntryNames(3);
        for (int i = 0; i < 3; i++) {
            repeated.admit("same/", true);
        }
        tooMany(() -> repeated.admit("same/", true));
    }

    private static void tooMany(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining("more than the 3 files and directories")
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ARCHIVE_TOO_LARGE));
    }

    private void refuses(String name, String message) {
        assertThatThrownBy(() -> names.admit(name, false))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARCHIVE));
    }
}
