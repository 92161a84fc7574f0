package org.octaveserver.ops.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.runtime.RuntimeBuild;
import org.octaveserver.ops.settings.DataSize;

/** Starts real workers over functions that a test writes. */
public final class Launching implements AutoCloseable {
    private final Path folder;
    private final Kind kind;
    private final Watchdog watchdog = new Watchdog();
    private final LimitWatch watch = new LimitWatch();
    private SandboxSettings sandboxed = new TestSandbox(SandboxMode.NONE, false);
    private final List<NativeLauncher> natives = new ArrayList<>();

    /** Starts portable workers. */
    public Launching(Path folder) {
        this(folder, Kind.PORTABLE);
    }

    /** Starts workers of one kind. */
    public Launching(Path folder, Kind kind) {
        this.folder = folder;
        this.kind = kind;
        watch.start();
    }

    /** What workers are like. */
    public enum Kind {
        /** In Octave's own language. */
        PORTABLE,
        /** Native, forked from a template. */
        FORKED
    }

    Kind kind() {
        return kind;
    }

    /** Puts a function file on the worker's path. */
    public Launching with(String name, String source) {
        Path file = loadPath().resolve(name + ".m");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Path loadPath() {
        return folder.resolve("functions");
    }

    public Path scratch() {
        return folder.resolve("workers");
    }

    public WorkerLauncher launcher() {
        return launcher(new TestSettings(Duration.ofSeconds(30), new DataSize(64 << 20), new DataSize(1 << 20)));
    }

    public WorkerLauncher launcher(WorkerSettings settings) {
        LauncherParts parts = parts(settings);
        WorkerLauncher portable = new PortableLauncher(parts);
        if (kind == Kind.PORTABLE) {
            return portable;
        }
        NativeModules modules = new NativeModules(settings, TestModules.root(), parts.octaveCode(), portable);
        NativeLauncher launcher = new NativeLauncher(parts, modules, portable);
        natives.add(launcher);
        return launcher;
    }

    /** What a launcher is made of. */
    LauncherParts parts(WorkerSettings settings) {
        ScratchDirectories directories = new ScratchDirectories(scratch());
        directories.start();
        Path octaveCode = Path.of(System.getProperty("ops.test.basedir", ".")).resolve("src/main/octave");
        return new LauncherParts(
                settings,
                octaveCode.toAbsolutePath(),
                directories,
                System.getenv(),
                watchdog,
                watch,
                new Sandbox(sandboxed, octaveCode.toAbsolutePath()),
                new SecureRandom());
    }

    public Worker launch() {
        return launcher().launch(spec("octave-cli"));
    }

    public WorkerSpec spec(String command) {
        with("identity", "function varargout = identity (varargin)\n  varargout = varargin;\nendfunction\n");
        return new WorkerSpec("test@0.0.0", runtime(command, ""), List.of(loadPath()));
    }

    /** An Octave of some version; of any, or of the one that it is, where that is empty. */
    OctaveRuntime runtime(String command, String version) {
        if (kind == Kind.PORTABLE) {
            return new OctaveRuntime("test", List.of(command), version, List.of());
        }
        RuntimeBuild build = TestModules.runtime().build();
        return new OctaveRuntime(
                "default",
                List.of(command),
                version.isEmpty() ? build : new RuntimeBuild(version, build.api(), build.host()),
                List.of(),
                "");
    }

    /** Has workers that are launched from now on run in a sandbox. */
    Launching sandboxed(TestSandbox settings) {
        sandboxed = settings;
        return this;
    }

    /** Settings of a sandbox. */
    record TestSandbox(SandboxMode mode, boolean network) implements SandboxSettings {
        @Override
        public DataSize tmpSize() {
            return new DataSize(1 << 20);
        }

        @Override
        public Optional<List<String>> read() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> write() {
            return Optional.empty();
        }

        @Override
        public Optional<String> user() {
            return Optional.empty();
        }
    }

    /** Starts a worker within limits. */
    Worker launchWithin(WorkerLimits limits) {
        return launcher().launch(spec("octave-cli").within(limits));
    }

    /** Ends what workers were forked from. */
    void endTemplates() {
        natives.forEach(NativeLauncher::stop);
        natives.clear();
    }

    @Override
    public void close() {
        endTemplates();
        watch.stop();
        watchdog.stop();
    }

    /** Settings of workers as a test wants them. */
    public record TestSettings(
            Duration startTimeout,
            DataSize maxMessageSize,
            DataSize maxOutput,
            Implementation implementation,
            RandomStreams random)
            implements WorkerSettings {
        /** With any implementation. */
        public TestSettings(Duration startTimeout, DataSize maxMessageSize, DataSize maxOutput) {
            this(startTimeout, maxMessageSize, maxOutput, Implementation.AUTO, RandomStreams.KEEP);
        }

        /** With random streams as they are wanted. */
        TestSettings random(RandomStreams wanted) {
            return new TestSettings(startTimeout, maxMessageSize, maxOutput, implementation, wanted);
        }

        @Override
        public Duration stopTimeout() {
            return Duration.ofSeconds(3);
        }

        @Override
        public Duration templateIdle() {
            return Duration.ofMinutes(10);
        }

        @Override
        public int threads() {
            return 1;
        }

        @Override
        public Optional<List<String>> environment() {
            return Optional.empty();
        }
    }
}
