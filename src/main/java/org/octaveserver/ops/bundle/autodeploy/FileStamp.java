package org.octaveserver.ops.bundle.autodeploy;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * By what a change of a file is noticed. Compared for equality only: clocks that jump, or differ between machines, do
 * no harm.
 *
 * @param size in bytes
 * @param modified in nanoseconds since 1970
 */
record FileStamp(long size, long modified) {
    static FileStamp of(BasicFileAttributes attributes) {
        return new FileStamp(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }
}
