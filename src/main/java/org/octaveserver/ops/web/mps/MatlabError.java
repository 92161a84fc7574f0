package org.octaveserver.ops.web.mps;

import java.util.List;

/**
 * An error that the called function raised, as MPS reports one.
 *
 * @param id its identifier, such as {@code addmatrix:badSize}; may be empty
 * @param message its message
 * @param stack where it was raised, innermost frame first
 */
public record MatlabError(String id, String message, List<Frame> stack) {
    public MatlabError {
        stack = List.copyOf(stack);
    }

    /**
     * One frame of the stack.
     *
     * @param file the file's name
     * @param name the function's name
     * @param line the line in the file, from 1
     */
    public record Frame(String file, String name, int line) {}
}
