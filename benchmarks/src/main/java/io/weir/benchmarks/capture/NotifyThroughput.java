package io.weir.benchmarks.capture;

import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.tree.FileTree;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Events a second that one stream of the Qumulo emulator delivers, to know that it is not what limits a connector. */
@Command(
        name = "qumulo-emulator",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how many events a second one stream of the Qumulo emulator delivers, and what snapshots and their"
                    + " comparison cost; emulator and client (OkHttp, which counts line ends) share one process."
        })
public final class NotifyThroughput implements Callable<Integer> {
    private static final int MOST_AHEAD = 50_000;
    private static final int DIRECTORIES = 1000;

    @Option(names = "--changes", defaultValue = "1000000", description = "Of each run (default: ${DEFAULT-VALUE}).")
    private int changes;

    @Option(names = "--files", defaultValue = "300000", description = "In the tree before (default: ${DEFAULT-VALUE}).")
    private int files;

    @Option(names = "--runs", defaultValue = "3", description = "After one that warms up (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Override
    public Integer call() throws Exception {
        try (QumuloEmulator cluster = QumuloEmulator.start()) {
            cluster.accounts().grant("bench");
            FileTree tree = cluster.tree();
            for (int i = 0; i < DIRECTORIES; i++) {
                tree.createDirectories(directory(i));
            }
            for (int i = 0; i < files; i++) {
                tree.createFile(directory(i), "file-" + i);
            }
            for (int run = 0; run <= runs; run++) {
                String name = run == 0 ? "warm-up" : "run " + run;
                int first = run;
                measure(
                        cluster,
                        name + ", modes set",
                        1,
                        i -> tree.change(
                                directory(i) + "/file-" + (i % files),
                                change -> change.mode((first * 64 + i / files + 1) & 0777)));
                measure(
                        cluster,
                        name + ", files appended to",
                        3,
                        i -> tree.append(directory(i) + "/file-" + (i % files), new byte[] {1}));
                measure(
                        cluster,
                        name + ", files made",
                        1,
                        i -> tree.createFile(directory(i), "made-" + first + "-" + i));
            }
            snapshots(cluster);
        }
        return 0;
    }

    private String directory(int file) {
        int number = file % files % DIRECTORIES;
        return "/bench/" + number / 100 + "/" + number;
    }

    private void measure(QumuloEmulator cluster, String name, int eventsOfEach, IntConsumer change) throws Exception {
        long wanted = changes;
        var counting = new Counting(cluster, wanted);
        var reader = new Thread(counting, "bench-reader");
        reader.start();
        while (cluster.streams().isEmpty()) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        for (int i = 0; i < changes; i++) {
            change.accept(i);
            while (cluster.streams().queued() > MOST_AHEAD) {
                Thread.onSpinWait();
            }
        }
        reader.join();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: %,d arrays of %d events in %.1f s, %,.0f events/s, %,.0f MB/s%n",
                name,
                wanted,
                eventsOfEach,
                seconds,
                wanted * eventsOfEach / seconds,
                counting.bytes / seconds / 1e6);
        while (!cluster.streams().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private void snapshots(QumuloEmulator cluster) {
        long start = System.nanoTime();
        long older = cluster.snapshots().take("/", "bench", null).id();
        long taken = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            cluster.tree().append(directory(i) + "/file-" + i, new byte[] {1});
        }
        long newer = cluster.snapshots().take("/", "bench", null).id();
        long before = System.nanoTime();
        int found = cluster.snapshots().changes(newer, older).size();
        System.out.printf(
                Locale.ROOT,
                "snapshot of %,d files: %,d µs; %,d differences found in %,d µs%n",
                cluster.tree().state().inodeCount(),
                (taken - start) / 1000,
                found,
                (System.nanoTime() - before) / 1000);
    }

    /** Reads a stream until so many arrays have come. */
    private static final class Counting implements Runnable {
        private final QumuloEmulator cluster;
        private final long wanted;
        private volatile long bytes;

        Counting(QumuloEmulator cluster, long wanted) {
            this.cluster = cluster;
            this.wanted = wanted;
        }

        @Override
        public void run() {
            var http = new OkHttpClient.Builder()
                    .readTimeout(Duration.ofMinutes(1))
                    .build();
            Request request = new Request.Builder()
                    .url(cluster.uri() + "/v1/files/%2F/notify?recursive=true")
                    .header("Authorization", "Bearer bench")
                    .build();
            try (Response response = http.newCall(request).execute()) {
                count(response.body().source());
            } catch (IOException e) {
                throw new IllegalStateException("the stream has ended early", e);
            } finally {
                http.connectionPool().evictAll();
                http.dispatcher().executorService().shutdown();
            }
        }

        /** Each array is followed by two line ends, as is the comment before all. */
        private void count(BufferedSource source) throws IOException {
            long lineEnds = 0;
            long read = 0;
            byte[] block = new byte[64 * 1024];
            var buffer = new Buffer();
            while (lineEnds < 2 * (wanted + 1)) {
                long count = source.read(buffer, block.length);
                if (count < 0) {
                    throw new IOException("after " + lineEnds / 2 + " of " + wanted + " arrays");
                }
                read += count;
                int length;
                while ((length = buffer.read(block)) > 0) {
                    for (int i = 0; i < length; i++) {
                        lineEnds += block[i] == '\n' ? 1 : 0;
                    }
                }
            }
            bytes = read;
        }
    }
}
