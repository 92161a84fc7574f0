package org.octaveserver.ops.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.bundle.BundleName;
import org.octaveserver.ops.bundle.BundleVersion;
import org.octaveserver.ops.bundle.DeployedBundle;
import org.octaveserver.ops.bundle.DeployedVersion;
import org.octaveserver.ops.bundle.ExportedFunction;
import org.octaveserver.ops.bundle.Manifest;
import org.octaveserver.ops.bundle.Release;
import org.octaveserver.ops.bundle.Serving;
import org.octaveserver.ops.bundle.Version;
import org.octaveserver.ops.bundle.route.RouteTable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.pool.PoolSettings;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.runtime.RuntimeSettings;
import org.octaveserver.ops.runtime.Runtimes;
import org.octaveserver.ops.settings.Settings;
import org.octaveserver.ops.settings.SettingsLoader;
import org.octaveserver.ops.worker.FakeWorkers;
import org.octaveserver.ops.worker.LimitPolicy;

/** Which version a call finds that was to go to just this one. */
class RoutingTest {
    private static final BundleVersion OLD = version("1.0", "a");
    private static final BundleVersion NEW = version("2.0", "b");

    private final Settings settings = new SettingsLoader(List.of(PoolSettings.class, RuntimeSettings.class))
            .load(Path.of("/nowhere"), Map.of(), Map.of());
    private final FakeWorkers workers = new FakeWorkers();
    private final WorkerPool pool = new WorkerPool(workers, settings.of(PoolSettings.class), Duration.ofSeconds(3));

    @AfterEach
    void end() {
        pool.stop();
        workers.close();
    }

    private static BundleVersion version(String version, String digit) {
        Manifest manifest = new Manifest(
                new BundleName("x"),
                new Version(version),
                "",
                "",
                List.of(),
                Optional.empty(),
                Serving.DEFAULT,
                Optional.empty());
        return new BundleVersion(
                digit.repeat(64),
                Path.of("/store/x", version),
                manifest,
                Map.of("f", new ExportedFunction("f", "f.m", 0, 0)),
                RouteTable.EMPTY,
                Instant.EPOCH);
    }

    private static Release release(long number, BundleVersion version) {
        return new Release(
                number,
                number - 1,
                Instant.EPOCH,
                "",
                "",
                OptionalLong.empty(),
                Map.of("x", DeployedBundle.of(DeployedVersion.of(version))));
    }

    /** The release that callers see is the second; the first is kept, the one before is damaged. */
    @SuppressWarnings("NullAway") // without a runtime nothing is prepared
    private Routing routing() {
        Routing routing =
                new Routing(pool, new Runtimes(settings.of(RuntimeSettings.class)), null, LimitPolicy.NONE, number -> {
                    if (number == 1) {
                        return release(1, OLD);
                    }
                    throw new OpsException(
                            number == 7 ? ErrorCode.STORE_FAILED : ErrorCode.RELEASE_NOT_FOUND, "release " + number);
                });
        routing.accept(release(2, NEW));
        return routing;
    }

    private OpsException refusal(String id, long release, String function) {
        return catchThrowableOfType(OpsException.class, () -> routing().resolve(id, release, function));
    }

    @Test
    void findsAVersionInTheReleaseThatCallersSee() {
        CallTarget target = routing().resolve("x@2.0-bbbbbbbbbbbb", 99, "f");

        assertThat(target.bundle()).isEqualTo(NEW);
        assertThat(target.release().number()).isEqualTo(2);
    }

    @Test
    void findsOneThatIsNotThereAnyMoreInTheReleaseThatHadIt() {
        CallTarget target = routing().resolve("x@1.0-aaaaaaaaaaaa", 1, "f");

        assertThat(target.bundle()).isEqualTo(OLD);
        assertThat(target.release().number()).isEqualTo(1);
        assertThat(target.function().name()).isEqualTo("f");
    }

    @Test
    void saysThatAVersionIsNotDeployedAnyMore() {
        for (long release : new long[] {0, 3}) {
            OpsException refusal = refusal("x@1.0-aaaaaaaaaaaa", release, "f");
            assertThat(refusal.code()).isEqualTo(ErrorCode.BUNDLE_NOT_FOUND);
            assertThat(refusal).hasMessage("the version x@1.0-aaaaaaaaaaaa is not deployed any more");
        }
        assertThat(refusal("x@1.0-aaaaaaaaaaab", 1, "f").code()).isEqualTo(ErrorCode.BUNDLE_NOT_FOUND);
    }

    @Test
    void aStoreThatFailsIsNoVersionThatIsGone() {
        assertThat(refusal("x@1.0-aaaaaaaaaaaa", 7, "f").code()).isEqualTo(ErrorCode.STORE_FAILED);
    }

    @Test
    void aFunctionThatTheVersionDoesNotExportIsNotFound() {
        assertThat(refusal("x@1.0-aaaaaaaaaaaa", 1, "g"))
                .hasMessage("bundle \"x\" exports no function \"g\"; it exports f")
                .extracting(OpsException::code)
                .isEqualTo(ErrorCode.FUNCTION_NOT_FOUND);
    }
}
