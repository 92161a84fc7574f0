package org.octaveserver.ops.call;

import java.util.List;
import java.util.Optional;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.CallRequest;
import org.octaveserver.ops.wire.Figure;
import org.octaveserver.ops.wire.FigureFormat;
import org.octaveserver.ops.wire.OctaveFailure;
import org.octaveserver.ops.worker.WorkerAnswer;
import org.octaveserver.ops.worker.WorkerSpec;

/** Makes outcomes of what workers answer. Immutable. */
final class Outcomes {
    private final boolean hidesStack;

    /**
     * Of all calls.
     *
     * @param hidesStack whether callers see only the message of an error
     */
    Outcomes(boolean hidesStack) {
        this.hidesStack = hidesStack;
    }

    /** @throws OpsException when the answer is no outcome of user code: UNSUPPORTED_OUTPUT, INVALID_ARGUMENT */
    CallOutcome of(WorkerSpec spec, CallRequest request, WorkerAnswer answer) {
        if (answer.answer() instanceof Answer.Result result) {
            Optional<List<Figure>> figures =
                    request.figures() == FigureFormat.NONE ? Optional.empty() : Optional.of(answer.figures());
            return new CallOutcome.Returned(result.outputs(), answer.printed(), figures);
        }
        if (answer.answer() instanceof Answer.Failed failed) {
            return failure(spec, failed.failure(), answer.printed());
        }
        throw new OpsException(ErrorCode.INTERNAL, "a worker answered a call with " + answer.answer());
    }

    private CallOutcome failure(WorkerSpec spec, OctaveFailure failure, String printed) {
        return switch (failure.reason()) {
            case THROWN ->
                new CallOutcome.Threw(failure.identifier(), failure.message(), stack(spec, failure), printed);
            case NO_ENCODING -> throw new OpsException(ErrorCode.UNSUPPORTED_OUTPUT, failure.message());
            case REFUSED -> throw new OpsException(ErrorCode.INVALID_ARGUMENT, failure.message());
        };
    }

    private List<CallOutcome.Frame> stack(WorkerSpec spec, OctaveFailure failure) {
        if (hidesStack) {
            return List.of();
        }
        return failure.stack().stream().map(frame -> frame(spec, frame)).toList();
    }

    /** Callers have no use for, and no right to, the server's directories. */
    private static CallOutcome.Frame frame(WorkerSpec spec, OctaveFailure.StackFrame frame) {
        String file = frame.file();
        for (var folder : spec.loadPath()) {
            String prefix = folder + "/";
            if (file.startsWith(prefix)) {
                file = file.substring(prefix.length());
            }
        }
        boolean elsewhere = file.startsWith("/");
        return new CallOutcome.Frame(
                elsewhere ? file.substring(file.lastIndexOf('/') + 1) : file, frame.name(), frame.line());
    }
}
