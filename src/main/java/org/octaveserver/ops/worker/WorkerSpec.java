package org.octaveserver.ops.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.runtime.OctaveRuntime;

/**
 * What a worker is started for.
 *
 * @param label what it serves, for names of workers in logs, such as {@code demo@1.0.0-0123456789ab}
 * @param runtime the Octave that it is; another version at its command is refused, unless its own is empty
 * @param loadPath the directories to put on Octave's path, first one first
 * @param lastOutput how many of the last bytes that a request prints are kept beside the first ones, of which
 *     {@code ops.worker.max-output} are
 * @param warmup what is done before the first call
 * @param limits what its workers may use
 * @param access what they need beside what they load
 */
public record WorkerSpec(
        String label,
        OctaveRuntime runtime,
        List<Path> loadPath,
        int lastOutput,
        Optional<WarmupCall> warmup,
        WorkerLimits limits,
        SandboxAccess access) {
    public WorkerSpec {
        loadPath = List.copyOf(loadPath);
    }

    /** A worker that does nothing before its first call and may use what the server's account may. */
    public WorkerSpec(String label, OctaveRuntime runtime, List<Path> loadPath, int lastOutput) {
        this(label, runtime, loadPath, lastOutput, Optional.empty(), WorkerLimits.NONE, SandboxAccess.NONE);
    }

    /** A worker of whose output only the beginning is kept when it is long. */
    public WorkerSpec(String label, OctaveRuntime runtime, List<Path> loadPath) {
        this(label, runtime, loadPath, 0);
    }

    /** Asked for several times with each call: the label nearly always tells two apart. */
    @Override
    public int hashCode() {
        return label.hashCode();
    }

    /** The name of the bundle whose version it serves. */
    public String bundle() {
        return label.split("@", 2)[0];
    }

    /**
     * Whether it serves a bundle.
     *
     * @param named such as {@code demo}, or {@code demo@1.0.0} for one version
     */
    public boolean serves(String named) {
        return label.equals(named) || bundle().equals(named) || (named.contains("@") && label.startsWith(named + "-"));
    }

    /** The same worker, with something that is done before the first call. */
    public WorkerSpec warmedUp(Optional<WarmupCall> other) {
        return new WorkerSpec(label, runtime, loadPath, lastOutput, other, limits, access);
    }

    /** The same worker within other limits. */
    public WorkerSpec within(WorkerLimits other) {
        return new WorkerSpec(label, runtime, loadPath, lastOutput, warmup, other, access);
    }

    /** The same worker where it reaches more. */
    public WorkerSpec with(SandboxAccess more) {
        return new WorkerSpec(label, runtime, loadPath, lastOutput, warmup, limits, more);
    }
}
