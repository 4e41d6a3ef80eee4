package io.weir.filter.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads the partitions of one thread. */
final class ShareReader {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = 1_000_000;

    private final Consumer<byte[], byte[]> consumer;
    private final ReadProgress progress;
    private final ParallelReader.Stall stall;
    private final Map<TopicPartition, PartitionTask> open = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private Set<TopicPartition> paused = Set.of();
    private boolean waiting;
    private long gotOn = System.nanoTime();

    ShareReader(
            Consumer<byte[], byte[]> consumer,
            List<PartitionTask> tasks,
            ReadProgress progress,
            ParallelReader.Stall stall) {
        this.consumer = consumer;
        this.progress = progress;
        this.stall = stall;
        tasks.forEach(task -> open.put(task.partition(), task));
    }

    void read() {
        consumer.assign(open.keySet());
        open.forEach((partition, task) -> {
            consumer.seek(partition, task.begin());
            positions.put(partition, task.begin());
        });
        settle();
        while (!open.isEmpty() && !stall.isStopped()) {
            if (pauseTheFull()) {
                waitForOthers();
            } else {
                waits(false);
                ConsumerRecords<byte[], byte[]> records = poll();
                hand(records);
                settle();
                requireThatItGetsOn(!records.isEmpty());
            }
        }
        waits(false);
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            throw new ReplayException(
                    "records were deleted while they were about to be read, since their retention was over: "
                            + e.offsetOutOfRangePartitions() + "; try again with a later --from",
                    e);
        }
    }

    private void hand(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            PartitionTask task = open.get(partition);
            if (task == null) {
                continue;
            }
            List<ConsumerRecord<byte[], byte[]>> batch = records.records(partition);
            long end = task.end();
            for (int i = 0; i < batch.size(); i++) {
                ConsumerRecord<byte[], byte[]> record = batch.get(i);
                if (record.offset() < end) {
                    task.on(record);
                }
            }
            progress.read(batch.size());
        }
    }

    /** Tells the tasks how far they are; those that have all are done. */
    private void settle() {
        for (PartitionTask task : new ArrayList<>(open.values())) {
            TopicPartition partition = task.partition();
            long before = positions.getOrDefault(partition, task.begin());
            long now = Math.max(before, Math.min(consumer.position(partition), task.end()));
            boolean ended = now >= task.end();
            if (now > before || ended) {
                progress.passed(now - before);
                positions.put(partition, now);
                gotOn = System.nanoTime();
                task.reached(now, ended);
            }
            if (ended) {
                open.remove(partition);
                consumer.pause(List.of(partition));
            }
        }
    }

    /** Whether all that are open are full. */
    private boolean pauseTheFull() {
        Set<TopicPartition> full = new HashSet<>();
        open.forEach((partition, task) -> {
            if (task.isFull()) {
                full.add(partition);
            }
        });
        if (!full.equals(paused)) {
            consumer.resume(open.keySet());
            consumer.pause(full);
            paused = full;
        }
        return full.size() == open.size();
    }

    private void waitForOthers() {
        waits(true);
        LockSupport.parkNanos(PAUSE_NANOS);
        if (stall.isFinal()) {
            open.values().forEach(PartitionTask::giveWay);
        }
        gotOn = System.nanoTime();
    }

    private void waits(boolean now) {
        if (now != waiting) {
            waiting = now;
            stall.waits(now);
        }
    }

    private void requireThatItGetsOn(boolean hasRead) {
        if (hasRead) {
            gotOn = System.nanoTime();
        } else if (System.nanoTime() - gotOn > PATIENCE.toNanos()) {
            throw new ReplayException(
                    "partition " + open.keySet().iterator().next() + (open.size() > 1 ? " and others" : "")
                            + ": nothing could be read for " + PATIENCE.toSeconds()
                            + " s; check that all brokers are up and no transaction hangs, and try again");
        }
    }
}
