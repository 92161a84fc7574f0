package org.octaveserver.ops.security;

import java.util.Locale;
import java.util.Set;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Who may do what. Safe from the first start: managing needs the admin token; calling needs it too, except for programs
 * on this machine that address the server as such. Thread-safe.
 */
public final class AccessPolicy {
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final String TOKEN_ADVICE =
            "send the token of $OPS_HOME/conf/admin-token as \"Authorization: Bearer <token>\"";

    private final SecuritySettings settings;
    private final AdminToken token;

    public AccessPolicy(SecuritySettings settings, AdminToken token) {
        this.settings = settings;
        this.token = token;
    }

    /**
     * Lets a request pass or refuses it.
     *
     * @throws OpsException {@code UNAUTHENTICATED}, saying what is needed
     */
    public Principal authorize(Access access, Caller caller) {
        if (caller.bearerToken().isPresent()) {
            return withToken(caller.bearerToken().get());
        }
        return switch (access) {
            case OPEN -> Principal.ANONYMOUS;
            case CALL -> anonymousCall(caller);
            case MANAGE -> throw refused("managing the server needs the admin token; " + TOKEN_ADVICE);
        };
    }

    /** Wrong credentials are refused even where none are needed: their sender believes to be somebody. */
    private Principal withToken(String presented) {
        if (token.matches(presented)) {
            return Principal.ADMIN;
        }
        throw refused("the bearer token is not the one of $OPS_HOME/conf/admin-token");
    }

    private Principal anonymousCall(Caller caller) {
        if (!settings.anonymousLoopback()) {
            throw refused("calls need a token (ops.security.anonymous-loopback is false); " + TOKEN_ADVICE);
        }
        if (!caller.loopback() || caller.forwarded()) {
            throw refused("calls without a token are only taken from this machine itself, and not through a proxy"
                    + " (HTTP/1.0 counts as one); " + TOKEN_ADVICE);
        }
        // A web page may have its own name resolved to 127.0.0.1 and so speak through its visitor's browser.
        if (!LOOPBACK_HOSTS.contains(caller.host().toLowerCase(Locale.ROOT))) {
            throw refused("calls without a token must address the server as localhost or 127.0.0.1, not as \""
                    + caller.host() + "\"; or " + TOKEN_ADVICE);
        }
        // Nor may a page use the right that programs on this machine have, only because a browser here shows it.
        if (caller.foreignPage()) {
            throw refused("web pages of other origins do not call without a token; allow their origin"
                    + " (ops.http.cors-allowed-origins), or " + TOKEN_ADVICE);
        }
        return Principal.ANONYMOUS;
    }

    private static OpsException refused(String why) {
        return new OpsException(ErrorCode.UNAUTHENTICATED, why);
    }
}
