package org.octaveserver.ops.job.callback;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.octaveserver.ops.lifecycle.Deadline;
import org.octaveserver.ops.lifecycle.Watchdog;

/** Sends callbacks, each within a time, following no redirects. Thread-safe. */
final class CallbackClient implements AutoCloseable {
    private final CloseableHttpClient http;
    private final CallbackSignature signature;
    private final Duration timeout;
    private final InstantSource clock;
    private final Watchdog watchdog;

    CallbackClient(
            Destinations destinations,
            CallbackSignature signature,
            Duration timeout,
            InstantSource clock,
            Watchdog watchdog) {
        this.signature = signature;
        this.timeout = timeout;
        this.clock = clock;
        this.watchdog = watchdog;
        Timeout each = Timeout.ofMilliseconds(timeout.toMillis());
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(destinations)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(each)
                                .setSocketTimeout(each)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(each)
                        .setResponseTimeout(each)
                        .build())
                .setUserAgent("OPS")
                // Where a redirect leads nobody has checked; what is to be tried again is in the store.
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /**
     * Sends one.
     *
     * @param id the same each time it is tried
     * @return the status of the answer
     * @throws IOException when there is none in time
     */
    int send(URI uri, String id, byte[] body) throws IOException {
        HttpPost post = new HttpPost(uri);
        long now = clock.instant().getEpochSecond();
        post.setHeader("webhook-id", id);
        post.setHeader("webhook-timestamp", Long.toString(now));
        post.setHeader("webhook-signature", signature.of(id, now, body));
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        // The client's own limits are for each read: a receiver that sends a byte now and then would hold a thread for
        // long.
        Watchdog.Watch watch = watchdog.watch(Deadline.after(timeout), post::abort);
        try {
            ClassicHttpResponse response = http.executeOpen(null, post, null);
            int status = response.getCode();
            // What it says besides is not read: closing the response would, to its end.
            post.abort();
            return status;
        } finally {
            watch.close();
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
