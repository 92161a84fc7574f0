package org.octaveserver.ops.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ResetBehaviour} of the native worker. */
class NativeResetIT extends ResetBehaviour {
    NativeResetIT() {
        super(Launching.Kind.FORKED);
    }

    /** A function of Octave's by which the state is looked at or undone; {@code seen} is one of the bundle's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "seen",
                "pwd",
                "cd",
                "path",
                "fopen",
                "fclose",
                "close",
                "strcmp",
                "warning",
                "format",
                "get",
                "set",
                "error",
                "isequal",
                "exist",
                "typecast"
            })
    void functionsThatACallDefinesEndWithIt(String name) {
        Worker worker = withFunctions(
                        "figure (); fopen ('/etc/passwd'); cd ('/'); addpath ('/tmp'); warning ('off', 'all');"
                                + " format ('long'); eval ('function varargout = " + name
                                + " (varargin), varargout = {1, 1, 1}; endfunction')",
                        "{seen(), pwd(), path(), fopen('all'), allchild(0), warning(), disp(pi)}")
                .with("seen", "function r = seen ()\n  r = 'mine';\nendfunction\n")
                .launch();
        var before = WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "look", 1));

        WorkerBehaviour.call(worker, "mess", 0);

        assertThat(WorkerBehaviour.outputs(WorkerBehaviour.call(worker, "look", 1)))
                .isEqualTo(before);
        worker.shutdown(STOP);
    }
}
