package org.octaveserver.ops.cli;

/** Where jobs are on a server. */
final class JobPaths {
    private static final String ALL = "/api/v1/jobs";

    private JobPaths() {}

    /** The last so many. */
    static String page(int limit) {
        return ALL + "?limit=" + limit;
    }

    static String of(String id) {
        return ALL + "/" + ServerClient.encoded(id);
    }

    /** The result, in the notation that loses nothing unless it is to be as the job was submitted. */
    static String result(String id, boolean asSubmitted) {
        return of(id) + "/result" + (asSubmitted ? "" : "?format=large&nan=string");
    }

    static String output(String id) {
        return of(id) + "/output";
    }

    static String events(String id) {
        return of(id) + "/events";
    }

    static String cancel(String id) {
        return of(id) + "/cancel";
    }
}
