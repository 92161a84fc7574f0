package org.octaveserver.ops.worker;

import org.octaveserver.ops.wire.Answer;

/**
 * What a worker answered to one request.
 *
 * @param answer the answer
 * @param printed what the request printed, up to the limit that is kept
 */
public record WorkerAnswer(Answer answer, String printed) {}
