package io.weir.benchmarks.pipeline;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** The processor time of Kafka Streams' threads, which says more than the clock where other work shares the machine. */
final class StreamThreads {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private StreamThreads() {}

    /** What those that live have used, in nanoseconds. */
    static long cpuNanos() {
        long sum = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().matches(".*-StreamThread-[0-9]+")) {
                sum += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }
}
