package org.octaveserver.ops.bundle;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.octaveserver.ops.bundle.signature.Argument;
import org.octaveserver.ops.bundle.signature.Signature;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.runtime.OctaveRuntime;
import org.octaveserver.ops.value.CellArray;
import org.octaveserver.ops.value.CharArray;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.value.StructArray;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.worker.SandboxAccess;
import org.octaveserver.ops.worker.Worker;
import org.octaveserver.ops.worker.WorkerLauncher;
import org.octaveserver.ops.worker.WorkerSpec;

/**
 * Asks a worker of its own, thrown away afterwards, what a tree offers: never a regular expression over source
 * text, always Octave's parser. Thread-safe.
 */
public final class WorkerInspector implements FunctionInspector {
    private static final String FUNCTION = "ops_inspect";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(3);

    private final WorkerLauncher launcher;
    private final Duration limit;

    /**
     * An inspector.
     *
     * @param limit how long Octave may take to parse everything
     */
    public WorkerInspector(WorkerLauncher launcher, Duration limit) {
        this.launcher = launcher;
        this.limit = limit;
    }

    @Override
    public List<InspectedFunction> inspect(InstalledTree tree, List<Path> dependencies, OctaveRuntime runtime) {
        // Nothing of the bundle is on the path yet: what it does to its worker then is told as the bundle's fault.
        Worker worker = launcher.launch(new WorkerSpec("inspection of " + tree.root(), runtime, dependencies)
                .with(SandboxAccess.reading(tree.root())));
        try {
            List<OctaveValue> arguments = Stream.concat(Stream.of(tree.root().toString()), tree.parts().stream())
                    .<OctaveValue>map(CharArray::row)
                    .toList();
            CallRequest request = new CallRequest("", FUNCTION, 2, arguments);
            Answer answer = worker.call(request, Deadline.after(limit)).answer();
            if (answer instanceof Answer.Result result) {
                refuseProblems((StructArray) result.outputs().get(1));
                return functions((StructArray) result.outputs().get(0));
            }
            String why =
                    answer instanceof Answer.Failed failed ? failed.failure().message() : answer.toString();
            throw new OpsException(ErrorCode.INVALID_BUNDLE, "Octave cannot load the bundle: " + why);
        } catch (OpsException e) {
            if (e.code() == ErrorCode.SHUTTING_DOWN || e.code() == ErrorCode.INVALID_BUNDLE) {
                throw e;
            }
            throw new OpsException(
                    ErrorCode.INVALID_BUNDLE,
                    "loading the bundle (its PKG_ADD, say) ended Octave or did not end: " + e.getMessage(),
                    e);
        } finally {
            worker.shutdown(STOP_LIMIT);
        }
    }

    private static void refuseProblems(StructArray problems) {
        if (problems.dimensions().isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < problems.dimensions().count(); i++) {
            long line = number(problems.valueOf("line", i));
            lines.add(text(problems.valueOf("file", i)) + (line > 0 ? ":" + line : "") + ": "
                    + text(problems.valueOf("message", i)));
        }
        throw new OpsException(ErrorCode.INVALID_BUNDLE, String.join("\n", lines));
    }

    private static List<InspectedFunction> functions(StructArray found) {
        List<InspectedFunction> functions = new ArrayList<>();
        for (int i = 0; i < found.dimensions().count(); i++) {
            ExportedFunction function = new ExportedFunction(
                    text(found.valueOf("name", i)),
                    text(found.valueOf("file", i)),
                    (int) number(found.valueOf("nargin", i)),
                    (int) number(found.valueOf("nargout", i)));
            Signature signature = new Signature(
                    // Comments are indented, and so is what makeinfo writes.
                    text(found.valueOf("help", i)).stripTrailing().stripIndent().strip(),
                    arguments(found.valueOf("inputs", i)),
                    arguments(found.valueOf("outputs", i)));
            functions.add(new InspectedFunction(function, signature));
        }
        return functions;
    }

    private static List<Argument> arguments(OctaveValue names) {
        return ((CellArray) names)
                .cells().stream()
                        .map(WorkerInspector::text)
                        .map(Argument::named)
                        .toList();
    }

    private static String text(OctaveValue value) {
        return ((CharArray) value).text();
    }

    private static long number(OctaveValue value) {
        return (long) ((NumericArray) value).elements().doubleAt(0);
    }
}
