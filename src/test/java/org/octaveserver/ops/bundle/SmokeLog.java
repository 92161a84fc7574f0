package org.octaveserver.ops.bundle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.runtime.OctaveRuntime;

/** Stands in for Octave where smoke calls run: a call of {@code smokes} fails. */
final class SmokeLog implements SmokeRunner {
    final List<SmokeCall> calls = new ArrayList<>();
    final List<List<Path>> loadPaths = new ArrayList<>();

    @Override
    public void run(SmokeCall call, List<Path> loadPath, OctaveRuntime runtime) {
        calls.add(call);
        loadPaths.add(loadPath);
        if (call.function().equals("smokes")) {
            throw new OpsException(ErrorCode.SMOKE_CALL_FAILED, "there is smoke");
        }
    }
}
