package org.octaveserver.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {
    @Test
    void sortsByTime() throws InterruptedException {
        JobIds ids = new JobIds();
        List<JobId> made = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            made.add(ids.next());
            Thread.sleep(2);
        }
        assertThat(made).isSorted();
        assertThat(made).extracting(JobId::toString).isSorted();
        assertThat(made).allSatisfy(id -> assertThat(id.value().version()).isEqualTo(7));
    }

    @Test
    void readsItsOwnText() {
        JobId id = new JobIds().next();

        assertThat(JobId.parse(id.toString())).contains(id);
        assertThat(JobId.parse(id.toString().toUpperCase(java.util.Locale.ROOT)))
                .contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-2-3-4-5",
                "0198f3a2-1111-7222-8333-44444444444g",
                "0198f3a21111722283334444444444444444",
                "0198f3a2-1111-7222-8333-4444444444444",
                "../../../../../../../../../etc/passwd"
            })
    void refusesOtherTexts(String text) {
        assertThat(JobId.parse(text)).isEmpty();
    }
}
