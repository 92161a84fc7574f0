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

    /** Load paths with this in them fail; none as it begins. */
    String fails = "\n";

    /** Load paths of more than one bundle without this in them fail. */
    String passes = "";

    /** Happens with each call. */
    Runnable meanwhile = () -> {};

    @Override
    public void run(SmokeCall call, List<Path> loadPath, OctaveRuntime runtime) {
        calls.add(call);
        loadPaths.add(loadPath);
        meanwhile.run();
        if (loadPath.stream().anyMatch(path -> path.toString().contains(fails))
                || (loadPath.size() > 1
                        && loadPath.stream().noneMatch(path -> path.toString().contains(passes)))) {
            throw new OpsException(ErrorCode.SMOKE_CALL_FAILED, "no function is there");
        }
        if (call.function().equals("smokes")) {
            throw new OpsException(ErrorCode.SMOKE_CALL_FAILED, "there is smoke");
        }
    }
}
