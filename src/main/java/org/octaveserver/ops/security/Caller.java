package org.octaveserver.ops.security;

import java.util.Optional;

/**
 * What a request shows of its sender.
 *
 * @param loopback whether the connection comes from this machine
 * @param forwarded whether a proxy says that it passes the request on for somebody else
 * @param foreignPage whether a browser sends it for the page of another origin, one that is not allowed
 * @param host the name by which the sender addresses the server, without port; empty when it gives none
 * @param bearerToken the token of an {@code Authorization: Bearer} header
 */
public record Caller(
        boolean loopback, boolean forwarded, boolean foreignPage, String host, Optional<String> bearerToken) {
    /** Never the token. */
    @Override
    public String toString() {
        return "Caller[loopback=" + loopback + ", forwarded=" + forwarded + ", foreignPage=" + foreignPage + ", host="
                + host + ", token=" + (bearerToken.isPresent() ? "given" : "none") + "]";
    }
}
