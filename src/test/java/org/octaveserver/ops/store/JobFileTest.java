package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobState;
import org.octaveserver.ops.job.JobStore.RetentionRules;
import org.octaveserver.ops.job.Payload;

class JobFileTest extends OnStores {
    @Override
    JobStores open() {
        return Stores.sqlite(directory);
    }

    private JobFile file() {
        return new JobFile(directory.resolve("jobs.db"));
    }

    private List<JobId> copied(Job job, int copies) throws IOException {
        stores.stop();
        List<UUID> made = file().copy(job.id().value(), copies);
        stores = open();
        return made.stream().map(JobId::new).toList();
    }

    @Test
    void copiesAFinishedJobWithAllThatTheStoreKeepsOfIt() throws IOException {
        Job job = jobs().find(finished()).orElseThrow();
        List<JobId> made = copied(job, 3);
        assertThat(made).hasSize(3).doesNotHaveDuplicates().doesNotContain(job.id());
        for (int i = 0; i < made.size(); i++) {
            Job copy = jobs().find(made.get(i)).orElseThrow();
            assertThat(copy.state()).isEqualTo(JobState.RETURNED);
            assertThat(copy.target()).isEqualTo(job.target());
            assertThat(copy.status().sequence()).isEqualTo(job.status().sequence() + i + 1);
            Payload result = jobs().payload(copy.id(), Payload.Kind.RESULT).orElseThrow();
            assertThat(result.inline().orElseThrow()).asString().isEqualTo("[42]");
        }
        assertThat(jobs().sequence()).isEqualTo(job.status().sequence() + 3);
    }

    @Test
    void countsWhatCopiesTake() throws IOException {
        Job job = jobs().find(finished()).orElseThrow();
        List<JobId> made = copied(job, 3);
        assertThat(get(jobs().forget(new RetentionRules(Duration.ofDays(1), 0, Duration.ofDays(1)))))
                .isPresent();
        assertThat(made).allSatisfy(id -> assertThat(state(id)).isEqualTo(JobState.DELETED));
    }

    @Test
    void saysHowLargeAJobIsWithWhatBelongsToIt() throws IOException {
        Job small = submit(Orders.order().arguments(Orders.inline("1")).build());
        Job large =
                submit(Orders.order().arguments(Orders.inline("1".repeat(1001))).build());
        int size = file().size(small.id().value());
        assertThat(size).isGreaterThan(Orders.DIGEST.length());
        // Its size, which stands there too, has three digits more.
        assertThat(file().size(large.id().value())).isEqualTo(size + 1003);
        assertThat(file().size(new UUID(0, 0))).isZero();
    }
}
