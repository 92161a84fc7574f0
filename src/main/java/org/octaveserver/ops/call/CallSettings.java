package org.octaveserver.ops.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.octaveserver.ops.settings.AtLeast;

/** Settings of calls. */
@ConfigMapping(prefix = "ops.call")
public interface CallSettings {
    /** How long a call may take, waiting included, when its bundle's ops.json sets no limits.timeout. */
    @WithDefault("60s")
    @AtLeast("1ms")
    Duration timeout();

    /** How many calls may wait for a worker; more are refused at once. */
    @WithDefault("200")
    @AtLeast("1")
    int maxWaiting();

    /** Whether callers see only the message of an error that a function threw, not the files and lines it came from. */
    @WithDefault("false")
    boolean hideErrorStack();
}
