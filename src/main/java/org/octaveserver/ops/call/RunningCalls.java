package org.octaveserver.ops.call;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;

/** The calls of this node that wait or run, by their ids. Thread-safe. */
public final class RunningCalls {
    private static final Logger LOG = LogManager.getLogger(RunningCalls.class);

    private final InstantSource clock;
    private final Map<String, RunningCall> calls = new ConcurrentHashMap<>();

    public RunningCalls(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Notes that a call has come; {@link #end} forgets it.
     *
     * @throws OpsException INVALID_INPUT when another call has its id
     */
    RunningCall begin(CallOrigin origin, CallTarget target, Deadline deadline, Attendance attendance) {
        CallInfo info = new CallInfo(
                origin,
                target.deployed().described(),
                target.function().name(),
                clock.instant(),
                CallState.WAITING,
                OptionalLong.empty());
        String id = origin.id();
        RunningCall call = new RunningCall(info, deadline, attendance);
        if (calls.putIfAbsent(id, call) != null) {
            throw new OpsException(ErrorCode.INVALID_INPUT, "another call has the id \"" + id + "\"");
        }
        return call;
    }

    /** It is over. */
    void end(CallOrigin origin, RunningCall call) {
        boolean unused = calls.remove(origin.id(), call);
    }

    /** All of them, oldest first. */
    public List<CallInfo> list() {
        return calls.values().stream()
                .map(RunningCall::info)
                .sorted(Comparator.comparing(CallInfo::since)
                        .thenComparing(info -> info.origin().id()))
                .toList();
    }

    /**
     * Cancels a call, whose caller gets CALL_CANCELLED. When this returns, it waits no more, and the process that ran it
     * is gone with all that it has started.
     *
     * @param by who does
     * @return the call as it was
     * @throws OpsException CALL_NOT_FOUND when it is not on its way, or not any more
     */
    public CallInfo cancel(String id, String by) {
        RunningCall call = calls.get(id);
        if (call == null) {
            throw notFound(id);
        }
        CallInfo info = call.info();
        if (!call.cancel(by)) {
            throw notFound(id);
        }
        LOG.info("call={} bundle={} function={} cancelled by={}", id, info.bundle(), info.function(), by);
        return info;
    }

    private static OpsException notFound(String id) {
        return new OpsException(
                ErrorCode.CALL_NOT_FOUND,
                "no call with the id \"" + id + "\" waits or runs here; GET /api/v1/calls lists those that do");
    }
}
