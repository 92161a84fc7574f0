package org.octaveserver.ops.cli.follow;

/**
 * One event of a stream.
 *
 * @param type such as {@code state}
 * @param id to resume after; empty when the stream has given none
 * @param data what it says, in JSON
 */
public record ServerEvent(String type, String id, String data) {}
