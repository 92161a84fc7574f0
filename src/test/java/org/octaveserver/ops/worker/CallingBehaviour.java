package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.octaveserver.ops.value.NumericArray;
import org.octaveserver.ops.value.OctaveValue;
import org.octaveserver.ops.wire.OctaveFailure;

/** How a function is called, and what becomes of what it answers and throws: as Octave itself would have it. */
abstract class CallingBehaviour extends OnOneWorker {
    CallingBehaviour(Launching.Kind kind) {
        super(kind);
    }

    private String refusal(String function, int outputs) {
        return WorkerBehaviour.failure(WorkerBehaviour.call(worker(), function, outputs))
                .message();
    }

    private List<OctaveValue> outputs(String function, int outputs, OctaveValue... arguments) {
        return WorkerBehaviour.outputs(WorkerBehaviour.call(worker(), function, outputs, arguments));
    }

    @Test
    void outputsThatAreMissingAreToldAsOctaveTellsThem() {
        launching()
                .with("nothing", "function nothing ()\nendfunction\n")
                .with("unset", "function [a, b, c] = unset ()\n  a = 1;\n  c = 3;\nendfunction\n")
                .with("few", "function varargout = few ()\n  varargout = {1};\nendfunction\n")
                .with("none", "function varargout = none ()\nendfunction\n");
        launch();

        assertThat(refusal("nothing", 1)).isEqualTo("nothing: function called with too many outputs");
        assertThat(refusal("nothing", 2)).isEqualTo("nothing: function called with too many outputs");
        assertThat(refusal("unset", 2)).isEqualTo("'b' undefined near line 1, column 14");
        assertThat(refusal("unset", 4)).isEqualTo("unset: function called with too many outputs");
        assertThat(refusal("few", 2)).isEqualTo("some elements undefined in return list");
        assertThat(refusal("none", 1)).isEqualTo("element number 1 undefined in return list");
        assertThat(outputs("few", 1)).containsExactly(NumericArray.scalar(1));
        assertThat(outputs("few", 0)).isEmpty();
        assertThat(outputs("unset", 0)).isEmpty();
    }

    @Test
    void aFunctionSeesHowManyOutputsAreWantedOfIt() {
        launching()
                .with(
                        "wanted",
                        "function varargout = wanted ()\n  varargout = repmat ({nargout}, 1, 3);\nendfunction\n");
        launch();

        assertThat(outputs("wanted", 1)).containsExactly(NumericArray.scalar(1));
        assertThat(outputs("wanted", 2)).containsExactly(NumericArray.scalar(2), NumericArray.scalar(2));
        assertThat(outputs("wanted", 0)).isEmpty();
    }

    /** It has a caller, whose variables are its own. */
    @Test
    void whatACallWritesIntoItsCallersVariablesEndsWithIt() {
        launching().with("leave", """
                        function r = leave ()
                          existed = evalin ("caller", "exist ('left')");
                          assignin ("caller", "left", 5);
                          r = 10 * existed + evalin ("caller", "left");
                        endfunction
                        """);
        launch();

        for (int i = 0; i < 3; i++) {
            assertThat(outputs("leave", 1)).containsExactly(NumericArray.scalar(5));
        }
    }

    @Test
    void recursesAsDeepAsOctaveAllowsAndEveryCallAnew() {
        launching().with("deep", """
                        function n = deep (n)
                          if (n > 0)
                            n = deep (n - 1);
                          endif
                        endfunction
                        """).with("allow", """
                        function n = allow (n)
                          max_recursion_depth (n);
                          n = deep (n - 20);
                        endfunction
                        """);
        launch();

        assertThat(outputs("deep", 1, NumericArray.scalar(240))).containsExactly(NumericArray.scalar(0));
        assertThat(outputs("allow", 1, NumericArray.scalar(400))).containsExactly(NumericArray.scalar(0));
        OctaveFailure failure =
                WorkerBehaviour.failure(WorkerBehaviour.call(worker(), "deep", 1, NumericArray.scalar(300)));
        assertThat(failure.message()).contains("max_recursion_depth exceeded");
    }

    @Test
    void whatIsThrownComesAsOctaveWouldCatchIt() {
        launching()
                .with("quiet", "function quiet ()\n  error (\"my:id\", \"no traceback\\n\");\nendfunction\n")
                .with("again", """
                        function again ()
                          frame = struct ("file", "/x/y.m", "name", "y", "line", 3, "column", 4);
                          rethrow (struct ("message", "kept", "identifier", "a:b", "stack", frame));
                        endfunction
                        """)
                .with(
                        "thrown",
                        "function thrown ()\n  try\n    error (\"m:e\", \"of %d\", 3);\n  catch e\n    rethrow (e);\n  end_try_catch\nendfunction\n")
                .with("much", "function r = much ()\n  r = zeros (1e6, 1e6, 1e6, 1e6);\nendfunction\n")
                .with("broken", "function broken ()\n  x = = 1;\nendfunction\n");
        launch();

        assertThat(failure("quiet"))
                .extracting(OctaveFailure::identifier, OctaveFailure::message)
                .containsExactly("my:id", "no traceback");
        assertThat(failure("again").stack()).containsExactly(new OctaveFailure.StackFrame("/x/y.m", "y", 3, 4));
        assertThat(failure("thrown").message()).isEqualTo("of 3");
        assertThat(failure("much").message()).isEqualTo("out of memory or dimension too large for Octave's index type");
        assertThat(failure("broken").message()).startsWith("parse error near line 2 of file ");
        assertThat(failure("missing").message()).isEqualTo("feval: function 'missing' not found");
    }

    private OctaveFailure failure(String function) {
        return WorkerBehaviour.failure(WorkerBehaviour.call(worker(), function, 0));
    }

    /** What a function says of how it is to be used is looked for beside it. */
    @Test
    void aFunctionCanSayHowItIsUsed() {
        launching().with("used", """
                ## -*- texinfo -*-
                ## @deftypefn {} {} used (@var{x})
                ## @end deftypefn
                function used (varargin)
                  print_usage ();
                endfunction
                """);
        launch();

        assertThat(refusal("used", 0)).startsWith("Invalid call to used");
    }
}
