package io.weir.filter.replay;

import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads committed records of partitions, each once, several partitions at the same time, from plain consumers that belong to
 * no group and commit nothing.
 */
public final class ParallelReader {
    private final KafkaConnection connection;
    private final int threads;
    private final ReadProgress progress;

    /**
     * @param threads from 1; each has a consumer
     * @param progress is told how far it is
     */
    public ParallelReader(KafkaConnection connection, int threads, ReadProgress progress) {
        this.connection = connection;
        this.threads = threads;
        this.progress = progress;
    }

    /** As many threads as there are processors. */
    public static int defaultThreads() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The topics of requests that there are now, sorted. */
    public static List<String> requestTopics(KafkaConnection connection) {
        try (Consumer<byte[], byte[]> consumer = consumer(connection)) {
            return consumer.listTopics().keySet().stream()
                    .filter(Topics::hasRequests)
                    .sorted()
                    .toList();
        }
    }

    /** A consumer of committed records as they are, in no group, for reading much. */
    public static KafkaConsumer<byte[], byte[]> consumer(KafkaConnection connection) {
        Map<String, Object> config = connection.scanConfig("weir-replay");
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        // What has been deleted meanwhile must not be passed over in silence.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
        return new KafkaConsumer<>(config);
    }

    /**
     * Reads all that the tasks want, and returns when they have it.
     *
     * @throws RuntimeException the first failure of a task or of a consumer
     */
    public void read(Collection<? extends PartitionTask> tasks) {
        List<List<PartitionTask>> shares = shares(tasks);
        Stall stall = new Stall(shares.size());
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, shares.size()), ParallelReader::thread);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (List<PartitionTask> share : shares) {
                running.add(pool.submit(() -> readShare(share, stall)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new ReplayException("reading failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayException("interrupted while reading", e);
        } finally {
            stall.stop();
            pool.shutdownNow();
        }
    }

    private static Thread thread(Runnable runnable) {
        Thread thread = new Thread(runnable, "weir-replay");
        thread.setDaemon(true);
        return thread;
    }

    private void readShare(List<PartitionTask> share, Stall stall) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(connection)) {
            new ShareReader(consumer, share, progress, stall).read();
        } catch (RuntimeException e) {
            stall.stop();
            throw e;
        } finally {
            stall.left();
        }
    }

    /** The largest first, each to who has the least. */
    private List<List<PartitionTask>> shares(Collection<? extends PartitionTask> tasks) {
        List<PartitionTask> sorted = new ArrayList<>(tasks);
        sorted.sort(Comparator.comparingLong((PartitionTask task) -> task.begin() - task.end())
                .thenComparing(task -> task.partition().toString()));
        List<List<PartitionTask>> shares = new ArrayList<>();
        long[] sizes = new long[Math.max(1, Math.min(threads, sorted.size()))];
        for (int i = 0; i < sizes.length; i++) {
            shares.add(new ArrayList<>());
        }
        for (PartitionTask task : sorted) {
            int least = 0;
            for (int i = 1; i < sizes.length; i++) {
                least = sizes[i] < sizes[least] ? i : least;
            }
            long size = Math.max(0, task.end() - task.begin());
            sizes[least] += size + 1;
            shares.get(least).add(task);
            progress.expect(size);
        }
        return shares;
    }

    /** Knows when all threads wait for each other. */
    static final class Stall {
        private static final Duration LIMIT = Duration.ofMillis(100);

        private int threads;
        private int waiting;
        private long since;
        private volatile boolean stopped;

        Stall(int threads) {
            this.threads = threads;
        }

        /** A thread has nothing that it may read, or has again. */
        synchronized void waits(boolean now) {
            waiting += now ? 1 : -1;
            since = System.nanoTime();
        }

        synchronized void left() {
            threads--;
            since = System.nanoTime();
        }

        /** Whether all have been waiting for longer than it takes to catch up. */
        synchronized boolean isFinal() {
            boolean all = waiting >= threads && System.nanoTime() - since > LIMIT.toNanos();
            if (all) {
                since = System.nanoTime();
            }
            return all;
        }

        void stop() {
            stopped = true;
        }

        boolean isStopped() {
            return stopped;
        }
    }
}
