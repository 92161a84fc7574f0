package org.octaveserver.ops.web.mps;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.octaveserver.ops.call.Routing;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;
import org.octaveserver.ops.pool.PoolUsage;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.security.Access;
import org.octaveserver.ops.stats.BundleMetrics;
import org.octaveserver.ops.stats.CallCounts;
import org.octaveserver.ops.stats.CallMeter;
import org.octaveserver.ops.web.edge.Needs;
import org.octaveserver.ops.worker.ProcessUsage;

/** The server's figures, and user code's own, by MPS's names (MPS RESTful API, "GET Metrics"). Thread-safe. */
@Path("api/metrics")
@Needs(Access.CALL)
public final class MetricsResource {
    private static final double NANOS = 1e9;

    private final MetricsSettings settings;
    private final CallMeter calls;
    private final BundleMetrics reported;
    private final WorkerPool pool;
    private final Routing routing;
    private final LongSupplier cancelled;
    private final LongSupplier nanoClock;
    private final long begin;

    /**
     * What is measured.
     *
     * @param cancelled how many jobs were, through this server
     */
    public record Sources(
            CallMeter calls, BundleMetrics reported, WorkerPool pool, Routing routing, LongSupplier cancelled) {}

    /**
     * The server is up from now on.
     *
     * @param nanoClock as {@link System#nanoTime()}
     */
    public MetricsResource(MetricsSettings settings, Sources sources, LongSupplier nanoClock) {
        this.settings = settings;
        this.calls = sources.calls();
        this.reported = sources.reported();
        this.pool = sources.pool();
        this.routing = sources.routing();
        this.cancelled = sources.cancelled();
        this.nanoClock = nanoClock;
        this.begin = nanoClock.getAsLong();
    }

    /** Two lines for each metric. */
    @GET
    public Response metrics() {
        if (!settings.enabled()) {
            throw new OpsException(ErrorCode.METRICS_DISABLED, "the setting ops.metrics.enabled is false");
        }
        MetricsText text = new MetricsText();
        addProcesses(text);
        addCalls(text);
        for (BundleMetrics.Sample sample :
                reported.samples(routing.release().bundles().keySet())) {
            String type = sample.kind().name().toLowerCase(Locale.ROOT);
            text.ofArchive(sample.bundle(), type, sample.name(), sample.value());
        }
        return Response.ok(text.toString(), MediaType.TEXT_PLAIN_TYPE).build();
    }

    private void addProcesses(MetricsText text) {
        PoolUsage workers = pool.usage();
        text.counter("matlabprodserver_up_time_seconds", (nanoClock.getAsLong() - begin) / NANOS)
                .counter("matlabprodserver_cpu_time_seconds", seconds(workers.cpu()))
                .gauge(
                        "matlabprodserver_memory_working_set_bytes",
                        (double) workers.residentBytes()
                                + ProcessUsage.ofThisProcess().residentBytes());
    }

    private void addCalls(MetricsText text) {
        CallCounts counts = calls.counts();
        text.gauge("matlabprodserver_queue_time_seconds", seconds(counts.waited()))
                .counter("matlabprodserver_requests_accepted_total", counts.accepted())
                .gauge("matlabprodserver_requests_in_queue", counts.waiting())
                .gauge("matlabprodserver_requests_processing", counts.running())
                .counter("matlabprodserver_requests_succeeded_total", counts.succeeded())
                .counter("matlabprodserver_requests_failed_total", counts.failed())
                .counter("matlabprodserver_requests_canceled_total", cancelled.getAsLong());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
