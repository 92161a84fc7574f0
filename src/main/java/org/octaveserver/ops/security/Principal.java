package org.octaveserver.ops.security;

/**
 * Who a request comes from.
 *
 * @param name as it stands in logs and in releases
 */
public record Principal(String name) {
    public static final Principal ADMIN = new Principal("admin");
    public static final Principal ANONYMOUS = new Principal("anonymous");
}
