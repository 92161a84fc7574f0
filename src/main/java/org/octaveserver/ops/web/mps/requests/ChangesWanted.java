package org.octaveserver.ops.web.mps.requests;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobStore;
import org.octaveserver.ops.job.Viewer;
import org.octaveserver.ops.web.edge.Query;

/** What the query of a request for changes says (MPS RESTful API, "GET Collection of Requests"). */
final class ChangesWanted {
    /** So many names are taken, and so many requests told at once. */
    static final int MOST = 1000;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private ChangesWanted() {}

    /**
     * Reads it, and asks for one more than is told at once, which shows whether there are more.
     *
     * @throws OpsException MISSING_SINCE; MISSING_SELECTION; INVALID_SELECTION, each saying what is allowed
     */
    static JobStore.ChangeQuery of(@Nullable String raw, Viewer viewer) {
        Query query = Query.of(raw);
        long since = since(query.one("since"));
        Set<String> clients = list("clients", query.one("clients"));
        Set<String> ids = list("ids", query.one("ids"));
        if (clients.isEmpty() == ids.isEmpty()) {
            throw ids.isEmpty()
                    ? new OpsException(
                            ErrorCode.MISSING_SELECTION,
                            "the parameters \"clients\" and \"ids\" are missing; one of them is needed, a list with"
                                    + " commas")
                    : invalid("the parameters \"clients\" and \"ids\" are both there; one of them is allowed");
        }
        return new JobStore.ChangeQuery(since, clients, ids(ids), viewer, MOST + 1);
    }

    private static long since(Optional<String> text) {
        String number = text.filter(given -> !given.isEmpty())
                .orElseThrow(
                        () -> new OpsException(
                                ErrorCode.MISSING_SINCE,
                                "the parameter \"since\" is missing; it is a lastModifiedSeq or createdSeq of this server, or 0"));
        if (!NUMBER.matcher(number).matches()) {
            throw invalid("the parameter \"since\" is a whole number from 0 on, not \"" + number + "\"");
        }
        return Long.parseLong(number);
    }

    private static Set<String> list(String name, Optional<String> text) {
        List<String> all = List.of(text.orElse("").split(",", MOST + 1));
        if (all.size() > MOST) {
            throw invalid("the parameter \"" + name + "\" has more than " + MOST + " members");
        }
        return all.stream().filter(one -> !one.isEmpty()).collect(Collectors.toSet());
    }

    private static Set<JobId> ids(Set<String> texts) {
        Set<JobId> ids = new LinkedHashSet<>();
        for (String text : texts) {
            ids.add(JobId.parse(text)
                    .orElseThrow(
                            () -> invalid("the parameter \"ids\" has \"" + text + "\", which is no id of a request")));
        }
        return ids;
    }

    private static OpsException invalid(String why) {
        return new OpsException(ErrorCode.INVALID_SELECTION, why);
    }
}
