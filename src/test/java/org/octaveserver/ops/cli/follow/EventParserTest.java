package org.octaveserver.ops.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventParserTest {
    private static List<ServerEvent> parse(String... lines) {
        EventParser parser = new EventParser();
        return Stream.of(lines).map(parser::line).flatMap(Optional::stream).toList();
    }

    @Test
    void endsAnEventWithAnEmptyLine() {
        assertThat(parse("event: state", "id: 7.1.0", "data: {}", "", "event:output", "id:8", "data:x", ""))
                .containsExactly(new ServerEvent("state", "7.1.0", "{}"), new ServerEvent("output", "8", "x"));
    }

    @Test
    void passesOverCommentsAndWhatNobodyKnows() {
        assertThat(parse(": still there", "", "retry: 5", "odd", "data: x", ""))
                .containsExactly(new ServerEvent("", "", "x"));
    }

    @Test
    void keepsTheLastIdAndNothingElse() {
        assertThat(parse("id: 1", "event: a", "data: x", "", "data: y", ""))
                .containsExactly(new ServerEvent("a", "1", "x"), new ServerEvent("", "1", "y"));
    }

    @Test
    void putsLinesOfDataTogetherAndForgetsAnEventThatBreaksOff() {
        assertThat(parse("data: a", "data:  b", "", "data: gone")).containsExactly(new ServerEvent("", "", "a\n b"));
    }
}
