package org.octaveserver.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ops jobs}: what was handed in. */
@Command(name = "jobs", description = "Lists jobs, newest first: your own, or as an operator all.")
final class JobsCommand implements Callable<Integer> {
    private static final int PAGE = 500;
    private static final int USUAL = 50;

    @Mixin
    private final ServerOptions options;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--state",
            paramLabel = "STATE,...",
            description = "Those in one of these states: QUEUED, CLAIMED, RUNNING, RETURNED, THREW, ERROR, CANCELLED or"
                    + " DELETED. Default: all but DELETED.")
    private String states = "";

    @Option(names = "--bundle", paramLabel = "NAME[@VERSION]", description = "Those that call this bundle.")
    private String bundle = "";

    @ArgGroup
    private Count count = new Count();

    @Option(names = "--json", description = "Print what the server tells of them, in JSON.")
    private boolean raw;

    /** How many are listed. */
    static final class Count {
        @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: 50.")
        private @Nullable Integer limit;

        @Option(names = "--all", description = "All of them, however many.")
        private boolean all;

        int most() {
            int most = limit == null ? USUAL : limit;
            if (most < 1) {
                throw new CommandFailure(ExitStatus.USAGE, "--limit: a number from 1 on, not " + most);
            }
            return all ? Integer.MAX_VALUE : most;
        }
    }

    JobsCommand(Surroundings surroundings) {
        this.options = new ServerOptions(surroundings);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode found = find(options.client(), count.most());
        JsonNode jobs = found.path("jobs");
        if (raw) {
            out.println(found);
        } else if (jobs.isEmpty()) {
            out.println("no jobs" + (states.isEmpty() && bundle.isEmpty() ? "" : " of these"));
        } else {
            print(jobs, out);
            if (found.has("next")) {
                spec.commandLine().getErr().println("there are more; --all lists them all, --limit N more of them");
            }
        }
        return ExitStatus.OK.code();
    }

    /** Page by page; {@code next} is there when there are more. */
    private ObjectNode find(ServerClient client, int most) {
        ObjectNode found = JsonMapper.builder().build().createObjectNode();
        ArrayNode jobs = found.putArray("jobs");
        String next = "";
        do {
            JsonNode page = client.get(JobPaths.page(Math.min(PAGE, most - jobs.size()))
                    + parameter("state", states)
                    + parameter("bundle", bundle)
                    + parameter("cursor", next));
            page.path("jobs").forEach(jobs::add);
            next = page.path("next").asText();
        } while (!next.isEmpty() && jobs.size() < most);
        if (!next.isEmpty()) {
            found.put("next", next);
        }
        return found;
    }

    private static String parameter(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + ServerClient.encoded(value);
    }

    private static void print(JsonNode jobs, PrintWriter out) {
        Instant now = Instant.now();
        TextTable table = new TextTable("ID", "STATE", "PROGRESS", "FUNCTION", "ACCEPTED", "TOOK");
        for (JsonNode json : jobs) {
            JobView job = new JobView(json);
            table.add(job.text("id"), job.state(), job.percents(), job.target(), job.text("accepted"), job.took(now));
        }
        table.print(out);
    }
}
