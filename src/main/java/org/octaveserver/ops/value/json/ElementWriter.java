package org.octaveserver.ops.value.json;

import java.io.IOException;

/** Writes one element of an array. */
@FunctionalInterface
interface ElementWriter {
    /**
     * Writes the element.
     *
     * @param index its place in column-major order, from 0
     */
    void write(int index) throws IOException;
}
