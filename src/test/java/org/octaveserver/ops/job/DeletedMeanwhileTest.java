package org.octaveserver.ops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.settings.SettingsLoader;

/** Something happens to a job between the look into the store and that at the file. */
class DeletedMeanwhileTest {
    private static final int LARGE = 100_000;

    @TempDir
    Path directory;

    private final MemoryStore store = new MemoryStore(InstantSource.system());
    private PayloadFiles files;

    @BeforeEach
    void open() {
        files = new PayloadFiles(directory.resolve("payloads"));
    }

    /** Jobs, with what happens as soon as somebody knows where a payload is. */
    private JobService jobs(Consumer<JobId> meanwhile) {
        JobStore happening = (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(store, arguments);
                    if (method.getName().equals("payload")) {
                        meanwhile.accept((JobId) arguments[0]);
                    }
                    return answer;
                });
        JobSettings settings = new SettingsLoader(List.of(JobSettings.class))
                .load(directory.resolve("none"), Map.of(), Map.of())
                .of(JobSettings.class);
        return new Jobs(
                        settings,
                        new Jobs.Node(1, 1, Duration.ofSeconds(30), false),
                        new Jobs.Needs(new JobStorage(happening, files), new FakeFunctions()))
                .service();
    }

    private Job returned() {
        NewJob job = NewJobs.job(files, "demo", NewJobs.ONCE);
        store.submit(job, NewJobs.UNLIMITED).join();
        JobLease lease = store.claim(new JobStore.ClaimRequest("n", 1, Duration.ofHours(1), Map.of()))
                .join()
                .get(0)
                .lease();
        store.begin(lease).join();
        Payload large = files.keep(out -> out.write(new byte[LARGE]), LARGE);
        store.finish(
                        lease,
                        new Ending(
                                JobState.RETURNED,
                                Optional.of(large),
                                Optional.of(large),
                                Optional.empty(),
                                Progress.NONE))
                .join();
        return store.find(job.id()).orElseThrow();
    }

    private void delete(JobId id) {
        files.remove(store.delete(id).join().files());
    }

    private static void assertFails(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OpsException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void theResultOfOneThatWasJustDeletedIsGoneAndNotDamaged() {
        Job job = returned();
        assertFails(() -> jobs(this::delete).outcome(job), ErrorCode.JOB_DELETED);
    }

    @Test
    void whatOneThatWasJustDeletedHasPrintedIsGoneAndNotDamaged() {
        Job job = returned();
        assertFails(() -> jobs(this::delete).printed(job), ErrorCode.JOB_DELETED);
    }

    @Test
    void aFileThatIsMissingWithoutThatIsDamage() {
        Job job = returned();
        assertFails(
                () -> jobs(id -> files.remove(
                                store.payload(id, Payload.Kind.RESULT).orElseThrow()))
                        .outcome(job),
                ErrorCode.JOB_DAMAGED);
    }
}
