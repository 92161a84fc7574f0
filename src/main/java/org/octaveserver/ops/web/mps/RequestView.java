package org.octaveserver.ops.web.mps;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.UUID;
import org.octaveserver.ops.job.Job;
import org.octaveserver.ops.web.edge.MpsState;

/**
 * A job as MPS represents an asynchronous request (MPS RESTful API, "GET Representation of Asynchronous Request").
 *
 * @param self its path on this server
 * @param up that of the collection that it is in
 */
@JsonPropertyOrder({"id", "self", "up", "lastModifiedSeq", "state", "client"})
public record RequestView(String id, String self, String up, long lastModifiedSeq, String state, String client) {
    private static final ObjectWriter WRITER = new ObjectMapper().writerFor(RequestView.class);

    /**
     * That of a job.
     *
     * @param up the path of the collection
     */
    public static RequestView of(Job job, String up) {
        return new RequestView(
                job.id().toString(),
                up + "/" + job.id(),
                up,
                job.status().sequence(),
                MpsState.of(job.state()),
                job.owner().client());
    }

    /**
     * The path of the collection.
     *
     * @param context the path of the web application, empty at the root
     * @param instance names the store of jobs
     */
    public static String up(String context, UUID instance) {
        return context + "/~" + instance + "/requests";
    }

    /** As JSON. */
    public byte[] json() {
        try {
            return WRITER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and a number are always JSON", e);
        }
    }
}
