package org.octaveserver.ops.worker;

import java.util.Optional;

/** Starts portable workers: {@code octave-cli} running {@code ops_worker_main.m}. Thread-safe. */
public final class PortableLauncher implements WorkerLauncher {
    private final ScratchDirectories scratch;
    private final Sandbox sandbox;
    private final OctaveProcesses processes;
    private final Handshake handshake;

    public PortableLauncher(LauncherParts parts) {
        this.scratch = parts.scratch();
        this.sandbox = parts.sandbox();
        this.processes = new OctaveProcesses(parts);
        this.handshake = new Handshake(parts);
    }

    @Override
    public Worker launch(WorkerSpec spec) {
        ScratchDirectories.Scratch own = scratch.create(sandbox.account(spec));
        WorkerProcess process = processes.start(spec, own, Optional.empty());
        return handshake.ready(spec, own, process, spec.loadPath());
    }
}
