package org.octaveserver.ops.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much a thread has allocated: to hold readers to what they promise about memory. */
final class Allocations {
    private Allocations() {}

    /** Bytes that the present thread has allocated since it began. */
    static long ofThisThread() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
