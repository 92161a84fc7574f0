package org.octaveserver.ops.wire;

/**
 * A frame that was read.
 *
 * @param kind what it is
 * @param number the number of the request it belongs to; 0 for HELLO
 * @param payload its content; given away by whoever read it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying megabytes to look immutable would cost
public record Frame(FrameKind kind, long number, byte[] payload) {}
