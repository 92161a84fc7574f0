package org.octaveserver.ops.job;

import java.net.URI;

/**
 * Somebody who wants to be told of a job (as the {@code subscriber} of OGC API - Processes - Part 1, 7.11.2).
 *
 * @param event what of
 * @param uri where to, http or https
 */
public record Callback(Event event, URI uri) {
    /** What there is to tell. */
    public enum Event {
        /** The function returned. */
        SUCCESS,
        /** It threw, could not be run, or the job was cancelled. */
        FAILURE,
        /** How far it is; only the newest state of it is told. */
        PROGRESS
    }
}
