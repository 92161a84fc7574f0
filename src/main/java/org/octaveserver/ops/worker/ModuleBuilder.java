package org.octaveserver.ops.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.TreeRemoval;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;

/**
 * Compiles the native worker's module, with the tools of the runtime that will load it. A module is found again by what
 * it was made of and for: {@code <root>/<runtime>/<identity>-<digest>}. Thread-safe, but for one runtime at a time.
 */
final class ModuleBuilder {
    private static final Logger LOG = LogManager.getLogger(ModuleBuilder.class);
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);
    private static final int LAST_OUTPUT = 1 << 16;
    private static final String TOOLS_MISSING = "ops:buildToolsMissing";
    private static final String FILE = "ops_native.oct";

    private final Path root;
    private final Path octaveCode;
    private final WorkerLauncher portable;
    private final AtomicReference<@Nullable Worker> building = new AtomicReference<>();
    private volatile boolean stopped;

    ModuleBuilder(Path root, Path octaveCode, WorkerLauncher portable) {
        this.root = root;
        this.octaveCode = octaveCode;
        this.portable = portable;
    }

    /** Where the module of a runtime is, or will be. */
    Path folder(OctaveRuntime runtime) {
        return root.resolve(runtime.id()).resolve(runtime.build().identity() + "-" + digest());
    }

    boolean isBuilt(OctaveRuntime runtime) {
        return Files.isRegularFile(folder(runtime).resolve(FILE));
    }

    /** Builds it beside its place, moves it there and removes older ones. Takes half a minute. */
    NativeModule build(OctaveRuntime runtime) {
        Path place = folder(runtime);
        Path work = place.resolveSibling(place.getFileName() + ".new");
        Path log = place.resolveSibling("build.log");
        try {
            Files.createDirectories(place.getParent());
            TreeRemoval.remove(work);
            Files.createDirectory(work);
            String problem = compile(runtime, work, log);
            if (!problem.isEmpty()) {
                return new NativeModule.Missing(problem);
            }
            TreeRemoval.remove(place);
            Files.move(work, place, StandardCopyOption.ATOMIC_MOVE);
            removeOthers(place, log);
            return new NativeModule.Ready(place);
        } catch (IOException e) {
            return new NativeModule.Missing(place.getParent() + " cannot be written: " + e);
        } catch (OpsException e) {
            return new NativeModule.Missing("building the native worker failed: " + e.getMessage());
        } finally {
            removeQuietly(work);
        }
    }

    private static void removeQuietly(Path work) {
        try {
            TreeRemoval.remove(work);
        } catch (IOException e) {
            LOG.warn("directory={} of a build could not be removed", work, e);
        }
    }

    /** Answers what went wrong, or nothing. */
    private String compile(OctaveRuntime runtime, Path into, Path log) throws IOException {
        WorkerSpec spec = new WorkerSpec("native worker of " + runtime.id(), runtime, List.of(), LAST_OUTPUT)
                .with(SandboxAccess.building(List.of(), List.of(into)));
        Worker worker = portable.launch(spec);
        building.set(worker);
        try {
            if (stopped) {
                return "the server is stopping";
            }
            CallRequest request = new CallRequest(
                    "",
                    "ops_build_native",
                    0,
                    List.of(CharArray.row(octaveCode.resolve("native").toString()), CharArray.row(into.toString())));
            Answer answer = worker.call(request, Deadline.after(LIMIT)).answer();
            Files.writeString(log, worker.printed());
            return answer instanceof Answer.Failed failed
                    ? problem(failed.failure().identifier(), failed.failure().message(), log)
                    : "";
        } finally {
            building.set(null);
            worker.shutdown(STOP_LIMIT);
        }
    }

    /** Ends a build that goes on, with the compiler; none begins any more. */
    void stop() {
        stopped = true;
        Worker worker = building.get();
        if (worker != null) {
            worker.kill(EndReason.stopped());
        }
    }

    private static String problem(String identifier, String message, Path log) {
        return identifier.equals(TOOLS_MISSING)
                ? "the native worker cannot be compiled, this machine has no " + message
                        + "; install it (Debian: apt-get install octave-dev; Fedora: dnf install octave-devel) and"
                        + " restart the server"
                : "the native worker could not be built: " + message.strip() + "; see " + log;
    }

    private static void removeOthers(Path place, Path log) throws IOException {
        try (Stream<Path> entries = Files.list(place.getParent())) {
            for (Path other : entries.filter(entry -> !entry.equals(place) && !entry.equals(log))
                    .toList()) {
                LOG.info("directory={} is of another Octave or OPS; removing it", other);
                TreeRemoval.remove(other);
            }
        }
    }

    /** Of everything that the module is made of. */
    private String digest() {
        try (Stream<Path> entries = Files.list(octaveCode.resolve("native"))) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<Path> files = Stream.concat(
                            entries.sorted(), Stream.of(octaveCode.resolve("worker/ops_build_native.m")))
                    .toList();
            for (Path file : files) {
                digest.update((file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the sources of the native worker in " + octaveCode, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
