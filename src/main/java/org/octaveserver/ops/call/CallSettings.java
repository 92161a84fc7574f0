package org.octaveserver.ops.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.octaveserver.ops.settings.AtLeast;
import org.octaveserver.ops.settings.AtMost;

/** Settings of calls. */
@ConfigMapping(prefix = "ops.call")
public interface CallSettings {
    /** How long a call may take, waiting included, when its bundle's ops.json sets no limits.timeout. */
    @WithDefault("60s")
    @AtLeast("1ms")
    Duration timeout();

    /** How many calls may wait for a worker on this node; more are refused at once. Each costs its memory, and no thread. */
    @WithDefault("1000")
    @AtLeast("1")
    int maxWaiting();

    /** How many of them may be of one client: a principal, or the address of one that sends no token. Default: all. */
    @AtLeast("1")
    OptionalInt maxWaitingPerClient();

    /** How many calls of one client may run at once; others of its calls wait, also while workers are idle. Default: any number. */
    @AtLeast("1")
    OptionalInt maxRunningPerClient();

    /**
     * Who gets more than an equal share of the workers when calls wait: name=weight, separated by commas. A name is that of a
     * principal (admin), or the address of a client that sends no token; all others have weight 1.
     */
    Optional<List<String>> weights();

    /**
     * The most urgent priority that calls may claim (header Priority, RFC 9218), from 0, the most urgent, to 7. More urgent
     * calls of a client go before its other ones, and its share grows with them; 3 is what calls have that claim nothing.
     */
    @WithDefault("0")
    @AtLeast("0")
    @AtMost("7")
    int mostUrgent();

    /** Whether callers see only the message of an error that a function threw, not the files and lines it came from. */
    @WithDefault("false")
    boolean hideErrorStack();
}
