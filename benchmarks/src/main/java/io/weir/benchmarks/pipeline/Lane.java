package io.weir.benchmarks.pipeline;

import io.weir.benchmarks.Latencies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Drops files into a directory that somebody moves them out of, and measures when they arrive. */
final class Lane implements AutoCloseable {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    /** Whoever moves the files. */
    @FunctionalInterface
    interface Mover extends AutoCloseable {
        @Override
        void close();
    }

    private final String title;
    private final Path drop;
    private final Arrivals arrivals;
    private final Mover mover;
    private final List<Latencies> results = new ArrayList<>();
    private boolean complete = true;

    Lane(String title, Path drop, Path target, Mover mover) throws IOException {
        this.title = title;
        this.drop = drop;
        this.arrivals = new Arrivals(target);
        this.mover = mover;
    }

    /** Whether each file of each run was moved. */
    boolean isComplete() {
        return complete;
    }

    /** Makes a run, which counts unless it warms up, and tells what came of it. */
    String run(String name, int rate, int length) throws IOException {
        Map<String, Long> closed = drop(name, rate, length);
        long deadline = System.nanoTime() + PATIENCE;
        while (System.nanoTime() < deadline && !arrivals.seen().keySet().containsAll(closed.keySet())) {
            parkUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100));
        }
        var latencies = new Latencies(closed.entrySet().stream()
                .filter(entry -> arrivals.seen().containsKey(entry.getKey()))
                .mapToLong(entry -> arrivals.seen().getOrDefault(entry.getKey(), 0L) - entry.getValue())
                .toArray());
        int missing = closed.size() - latencies.count();
        complete &= missing == 0;
        if (!name.startsWith("warm")) {
            results.add(latencies);
        }
        return title + ", " + name + ": " + closed.size() + " files at " + rate + "/s: " + latencies
                + (missing == 0 ? "" : ", " + missing + " NOT MOVED within 30 s");
    }

    private Map<String, Long> drop(String name, int rate, int length) throws IOException {
        Map<String, Long> closed = new LinkedHashMap<>();
        ByteBuffer content = ByteBuffer.allocate(1024);
        long start = System.nanoTime();
        for (int i = 0; i < rate * length; i++) {
            parkUntil(start + i * TimeUnit.SECONDS.toNanos(1) / rate);
            String file = name.replace(' ', '-') + "-" + i + ".dat";
            FileChannel channel =
                    FileChannel.open(drop.resolve(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.write(content.rewind());
            closed.put(file, System.nanoTime());
            channel.close();
        }
        return closed;
    }

    /** Median and range of the runs. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        for (double share : new double[] {0.5, 0.99}) {
            List<Double> values = results.stream()
                    .map(result -> result.millisAt(share))
                    .sorted()
                    .toList();
            DoubleSummaryStatistics range =
                    values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s, p%.0f of %d runs: median %.2f ms, from %.2f to %.2f",
                    title,
                    share * 100,
                    values.size(),
                    values.get(values.size() / 2),
                    range.getMin(),
                    range.getMax()));
        }
        return lines;
    }

    static void parkUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() throws IOException {
        mover.close();
        arrivals.close();
    }
}
