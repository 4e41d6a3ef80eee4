package io.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processor time of other processes, as Linux tells it. */
public final class ProcessorTime {
    private static final double TICKS_PER_SECOND = 100;

    private ProcessorTime() {}

    /** In seconds, to a hundredth; 0 if the process has ended. */
    public static double seconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return 0;
        }
    }

    /** In milliseconds, by the scheduler's own count of all threads; 0 if the process has ended. */
    public static double milliseconds(long pid) {
        try (var threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            double nanos = 0;
            for (Path thread : threads) {
                nanos += Double.parseDouble(
                        Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
            }
            return nanos / 1e6;
        } catch (IOException e) {
            return 0;
        }
    }
}
