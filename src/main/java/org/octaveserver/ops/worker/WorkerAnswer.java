package org.octaveserver.ops.worker;

import java.util.List;
import org.octaveserver.ops.wire.Answer;
import org.octaveserver.ops.wire.Figure;
import org.octaveserver.ops.wire.MetricUpdate;

/**
 * What a worker answered to one request.
 *
 * @param answer the answer
 * @param printed what the request printed, up to the limit that is kept
 * @param metrics what user code said of metrics of its own
 * @param figures those that it left open, if they were asked for
 */
public record WorkerAnswer(Answer answer, String printed, List<MetricUpdate> metrics, List<Figure> figures) {}
