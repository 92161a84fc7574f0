package org.octaveserver.ops.cli;

/** What a server answers about one job. */
final class JobAnswers {
    static final String ID = "019ab000-1234-7abc-8def-0123456789ab";
    static final String LIST = "/api/v1/jobs";
    static final String JOB = LIST + "/" + ID;
    static final String EVENTS = JOB + "/events";
    static final String RESULT = JOB + "/result";
    static final String FIVE = "{\"lhs\":[{\"mwdata\":[5],\"mwsize\":[1,1],\"mwtype\":\"double\"}]}";

    private JobAnswers() {}

    static String job(String id, String state, String more) {
        return "{\"id\":\"" + id
                + "\",\"bundle\":\"b\",\"version\":\"1.0.0\",\"release\":3,\"function\":\"f\",\"outputs\":1,"
                + "\"state\":\"" + state + "\",\"client\":\"\",\"accepted\":\"2026-11-23T01:00:00Z\"," + more
                + "\"limits\":{\"timeout\":\"2h\",\"idempotent\":true,\"mostAttempts\":3}}";
    }

    static String job(String state) {
        return job(ID, state, "\"progress\":{\"fraction\":0.0,\"message\":\"\"},\"attempt\":1,");
    }

    /** The event that a job has come into a state. */
    static String state(int sequence, String state) {
        return event("state", sequence + ".1.0", job(state));
    }

    static String output(int offset, String text) {
        return event(
                "output",
                "1.1." + (offset + text.length()),
                "{\"offset\":" + offset + ",\"text\":\"" + text.replace("\n", "\\n") + "\"}");
    }

    static String event(String type, String id, String data) {
        return "event: " + type + "\nid: " + id + "\ndata: " + data + "\n\n";
    }
}
