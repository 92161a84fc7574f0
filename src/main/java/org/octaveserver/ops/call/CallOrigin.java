package org.octaveserver.ops.call;

import java.util.Optional;

/**
 * Where a call comes from.
 *
 * @param id of the request, unlike that of any other
 * @param principal who sent it, if that is known
 * @param address of the client
 */
public record CallOrigin(String id, Optional<String> principal, String address) {
    /** Who shares this node with others: a principal, or the address of a client that says nothing of itself. */
    public String party() {
        return principal.orElse(address);
    }
}
