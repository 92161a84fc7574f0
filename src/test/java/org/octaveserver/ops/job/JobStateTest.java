package org.octaveserver.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobStateTest {
    @ParameterizedTest
    @EnumSource
    void leadsToWhatItIsReachedFrom(JobState state) {
        assertThat(state.next()).allSatisfy(next -> assertThat(next.previous()).contains(state));
        assertThat(state.previous())
                .allSatisfy(previous -> assertThat(previous.next()).contains(state));
    }

    @Test
    void whatIsFinishedStaysSoUntilItIsDeleted() {
        assertThat(JobState.values())
                .filteredOn(JobState::isFinished)
                .allSatisfy(state -> assertThat(state.next()).containsExactly(JobState.DELETED))
                .containsExactly(JobState.RETURNED, JobState.THREW, JobState.ERROR, JobState.CANCELLED);
        assertThat(JobState.DELETED.next()).isEmpty();
    }

    @Test
    void aFunctionBeginsOnlyWhereANodeHasClaimedIt() {
        assertThat(JobState.RUNNING.previous()).containsExactly(JobState.CLAIMED);
        assertThat(JobState.RETURNED.previous()).containsExactly(JobState.RUNNING);
    }

    @Test
    void whatIsOpenCanBeCancelled() {
        assertThat(JobState.open()).isEqualTo(EnumSet.of(JobState.QUEUED, JobState.CLAIMED, JobState.RUNNING));
        assertThat(JobState.open()).allMatch(JobState::isOpen);
    }
}
