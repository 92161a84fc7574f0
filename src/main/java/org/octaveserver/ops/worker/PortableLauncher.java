package org.octaveserver.ops.worker;

import java.util.Optional;

/** Starts portable workers: {@code octave-cli} running {@code ops_worker_main.m}. Thread-safe. */
public final class PortableLauncher implements WorkerLauncher {
    private final ScratchDirectories scratch;
    private final OctaveProcesses processes;
    private final Handshake handshake;

    public PortableLauncher(LauncherParts parts) {
        this.scratch = parts.scratch();
        this.processes = new OctaveProcesses(parts);
        this.handshake = new Handshake(parts);
    }

    @Override
    public Worker launch(WorkerSpec spec) {
        ScratchDirectories.Scratch own = scratch.create();
        WorkerProcess process = processes.start(spec, own, Optional.empty());
        return handshake.ready(spec, own, process, spec.loadPath());
    }
}
