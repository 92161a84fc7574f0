package org.octaveserver.ops.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptionFileTest {
    @Test
    void readsKeywordsInAnyCaseAndValuesWithColons() {
        DescriptionFile file = DescriptionFile.parse("NAME: stats\nurl : http://example.org\n");
        assertThat(file.value("Name")).contains("stats");
        assertThat(file.value("Url")).contains("http://example.org");
    }

    @Test
    void joinsLinesThatBeginWithABlank() {
        DescriptionFile file = DescriptionFile.parse("Description: one\n two\r\n\tthree\nName: x\n");
        assertThat(file.value("description")).contains("one two three");
        assertThat(file.value("name")).contains("x");
    }

    @Test
    void skipsCommentsEmptyLinesAndLinesThatAreNothing() {
        DescriptionFile file = DescriptionFile.parse("# Name: no\n\nwithout colon\n: no keyword\n  lost\nName: yes\n");
        assertThat(file.value("name")).contains("yes");
    }

    @Test
    void letsTheFirstOfEqualKeywordsCount() {
        DescriptionFile file = DescriptionFile.parse("Name: first\nname: second\n more\n");
        assertThat(file.value("name")).contains("first");
    }

    @Test
    void holdsAnEmptyValueForAbsent() {
        assertThat(DescriptionFile.parse("Version:\n").value("version")).isEmpty();
    }

    @Test
    void splitsDependencies() {
        assertThat(DescriptionFile.parse("Depends: octave (>= 4.0.0), io,\n struct (>= 1.0)\n")
                        .depends())
                .containsExactly("octave (>= 4.0.0)", "io", "struct (>= 1.0)");
    }
}
