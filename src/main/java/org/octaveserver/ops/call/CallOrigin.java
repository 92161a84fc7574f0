package org.octaveserver.ops.call;

import java.util.Optional;

/**
 * Where a call comes from.
 *
 * @param id of the request, unlike that of any other
 * @param principal who sent it, if that is known
 */
public record CallOrigin(String id, Optional<String> principal) {}
