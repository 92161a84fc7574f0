package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.runtime.FoundOctave;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.settings.DataSize;

/**
 * The native worker's module for this machine's Octave, built once for all tests: building it takes half a minute, and each
 * server of a test has a home of its own.
 */
public final class TestModules {
    private static final Path BASE =
            Path.of(System.getProperty("ops.test.basedir", ".")).toAbsolutePath();
    private static final Path ROOT = BASE.resolve("target/test-runtimes");
    private static final Path CODE = BASE.resolve("src/main/octave");
    private static final Pattern COMMAND = Pattern.compile("ops\\.runtime\\.(?:([A-Za-z0-9_.-]+)\\.)?command");

    private TestModules() {}

    /** Built when it is first needed. */
    private static final class Built {
        static final OctaveRuntime RUNTIME = FoundOctave.asDefault();
        static final Path FOLDER = build();

        /** One at a time: tests run in several processes. */
        private static Path build() {
            try {
                Files.createDirectories(ROOT);
                try (FileChannel file = FileChannel.open(
                                ROOT.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = file.lock()) {
                    if (!lock.isValid()) {
                        throw new IllegalStateException("no lock on " + ROOT);
                    }
                    return buildAlone();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path buildAlone() {
            Path run = ROOT.resolve("run-" + ProcessHandle.current().pid());
            ScratchDirectories scratch = new ScratchDirectories(run);
            scratch.start();
            Watchdog watchdog = new Watchdog();
            try {
                LauncherParts parts = new LauncherParts(
                        new Launching.TestSettings(
                                Duration.ofSeconds(60), new DataSize(1 << 20), new DataSize(1 << 20)),
                        CODE,
                        scratch,
                        System.getenv(),
                        watchdog,
                        new LimitWatch(),
                        new Sandbox(new Launching.TestSandbox(SandboxMode.NONE, false), CODE),
                        new SecureRandom());
                ModuleBuilder builder = new ModuleBuilder(ROOT, CODE, new PortableLauncher(parts));
                if (!builder.isBuilt(RUNTIME) && builder.build(RUNTIME) instanceof NativeModule.Missing missing) {
                    throw new AssertionError("the native worker's tests need octave-dev: " + missing.reason());
                }
                FileUtils.deleteDirectory(run.toFile());
                return builder.folder(RUNTIME);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                watchdog.stop();
            }
        }
    }

    /** Where {@link NativeModules} finds it. */
    static Path root() {
        assertThat(Built.FOLDER).isDirectory();
        return ROOT;
    }

    /** The directory that it is in. */
    static Path folder() {
        return Built.FOLDER;
    }

    /** The runtime that it is for. */
    static OctaveRuntime runtime() {
        return Built.RUNTIME;
    }

    /** Puts it into the home of a server that is to be started with some settings. */
    public static void provide(Path home, Map<String, String> settings) {
        provide(home, "default");
        for (String setting : settings.keySet()) {
            Matcher command = COMMAND.matcher(setting);
            if (command.matches() && command.group(1) != null) {
                provide(home, command.group(1));
            }
        }
    }

    private static void provide(Path home, String runtime) {
        Path place = home.resolve("runtimes").resolve(runtime).resolve(Built.FOLDER.getFileName());
        try {
            FileUtils.copyDirectory(Built.FOLDER.toFile(), place.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
