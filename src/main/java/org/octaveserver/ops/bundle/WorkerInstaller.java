package org.octaveserver.ops.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.OctaveFailure;
import org.octaveserver.ops.worker.SandboxAccess;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerLauncher;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * Installs packages with Octave's own {@code pkg}, in a worker of its own that is thrown away afterwards: with a home
 * and a list of packages of its own, killed with all that it started when it takes too long. What a package's scripts
 * write elsewhere on purpose, nothing here prevents: they may do what the server's account may. Thread-safe.
 */
public final class WorkerInstaller implements PackageInstaller {
    private static final String FUNCTION = "ops_install";
    private static final String TOOLS_MISSING = "ops:buildToolsMissing";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final WorkerLauncher launcher;
    private final Duration limit;
    private final int lastOutput;

    /**
     * An installer.
     *
     * @param limit how long a package may take
     * @param lastOutput how many of the last bytes that a build prints are kept
     */
    public WorkerInstaller(WorkerLauncher launcher, Duration limit, int lastOutput) {
        this.launcher = launcher;
        this.limit = limit;
        this.lastOutput = lastOutput;
    }

    @Override
    public InstalledTree install(PackageBuild build) {
        Worker worker = launcher.launch(
                new WorkerSpec("installation of " + build.bundle(), build.runtime(), build.dependencies(), lastOutput)
                        .with(SandboxAccess.building(List.of(), List.of(build.source(), build.prefix()))));
        try {
            CallRequest request = new CallRequest(
                    "",
                    FUNCTION,
                    2,
                    List.of(
                            CharArray.row(build.source().toString()),
                            CharArray.row(build.prefix().toString())));
            Answer answer = answer(build, worker, request);
            write(build.log(), worker.printed());
            if (answer instanceof Answer.Result result) {
                return installed(build.prefix(), result.outputs());
            }
            if (answer instanceof Answer.Failed failed) {
                throw refused(build, failed.failure(), new BuildLog(worker.printed()));
            }
            throw new OpsException(ErrorCode.INTERNAL, "a worker answered an installation with " + answer);
        } finally {
            worker.shutdown(STOP_LIMIT);
        }
    }

    private Answer answer(PackageBuild build, Worker worker, CallRequest request) {
        try {
            return worker.call(request, Deadline.after(limit)).answer();
        } catch (OpsException e) {
            BuildLog log = new BuildLog(worker.printed());
            switch (e.code()) {
                case CALL_TIMEOUT ->
                    throw failed(
                            build,
                            "its installation did not end within " + limit.toSeconds()
                                    + " s (setting ops.bundles.build-timeout) and was stopped",
                            log,
                            e);
                case WORKER_EXITED, WORKER_CRASHED, WORKER_PROTOCOL ->
                    throw failed(build, "its installation ended Octave: " + e.getMessage(), log, e);
                default -> throw e;
            }
        }
    }

    private static InstalledTree installed(Path prefix, List<OctaveValue> names) {
        Path root = prefix.resolve(((CharArray) names.get(0)).text());
        String arch = ((CharArray) names.get(1)).text();
        return arch.isEmpty() ? InstalledTree.plain(root) : new InstalledTree(root, List.of(arch, ""));
    }

    private static OpsException refused(PackageBuild build, OctaveFailure failure, BuildLog log) {
        if (failure.identifier().equals(TOOLS_MISSING)) {
            return new OpsException(
                    ErrorCode.BUILD_TOOLS_MISSING,
                    build.bundle() + " must be compiled, and this server has no " + failure.message()
                            + "; install the tools that build packages for Octave (Debian: apt-get install octave-dev"
                            + " make; Fedora: dnf install octave-devel make)");
        }
        return failed(build, failure.message().strip(), log, new IOException(failure.identifier()));
    }

    private static OpsException failed(PackageBuild build, String why, BuildLog log, Exception cause) {
        StringBuilder message = new StringBuilder(build.bundle() + ": " + why);
        log.errors(build.source()).forEach(error -> message.append('\n').append(error));
        if (!log.end().isEmpty()) {
            message.append("\nThe end of its build log:\n").append(log.end());
        }
        if (BuildLog.tellsOfAFullDisk(message.toString())) {
            return new OpsException(
                    ErrorCode.STORE_FAILED,
                    message + "\nmake room where it is built, " + build.source()
                            + " (setting ops.bundles.directory), and in OPS_HOME",
                    cause);
        }
        return new OpsException(ErrorCode.BUILD_FAILED, withoutDirectories(build, message.toString()), cause);
    }

    /** Where the server builds is nobody's business, and hides what matters. */
    private static String withoutDirectories(PackageBuild build, String message) {
        return message.replace(build.source() + "/", "").replace(build.prefix() + "/", "");
    }

    private static void write(Path log, String printed) {
        try {
            Files.writeString(log, printed);
            FileModes.set(log, false);
        } catch (IOException e) {
            throw new OpsException(
                    ErrorCode.STORE_FAILED,
                    "the build log " + log + " cannot be written (" + e
                            + "); check room and permissions there (setting ops.bundles.directory)",
                    e);
        }
    }
}
