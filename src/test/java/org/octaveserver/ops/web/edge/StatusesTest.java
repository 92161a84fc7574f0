package org.octaveserver.ops.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.error.ErrorKind;

class StatusesTest {
    @Test
    void hasOneForEveryKind() {
        Map<String, Integer> statuses =
                Arrays.stream(ErrorKind.values()).collect(Collectors.toMap(ErrorKind::name, Statuses::of));
        assertThat(statuses)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("INVALID", 400),
                        Map.entry("UNAUTHENTICATED", 401),
                        Map.entry("FORBIDDEN", 403),
                        Map.entry("NOT_FOUND", 404),
                        Map.entry("NOT_ALLOWED", 405),
                        Map.entry("NOT_ACCEPTABLE", 406),
                        Map.entry("CONFLICT", 409),
                        Map.entry("CANCELLED", 409),
                        Map.entry("GONE", 410),
                        Map.entry("PRECONDITION", 412),
                        Map.entry("SLOW_CLIENT", 408),
                        Map.entry("TOO_MANY", 429),
                        Map.entry("LENGTH_REQUIRED", 411),
                        Map.entry("TOO_LARGE", 413),
                        Map.entry("UNSUPPORTED_MEDIA", 415),
                        Map.entry("UNPROCESSABLE", 422),
                        Map.entry("USER_CODE", 500),
                        Map.entry("INTERNAL", 500),
                        Map.entry("EXHAUSTED", 503),
                        Map.entry("UNAVAILABLE", 503),
                        Map.entry("TIMEOUT", 504)));
    }
}
