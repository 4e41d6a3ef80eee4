package io.weir.it.e2e;

import io.weir.schemas.FileEvent;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads an agent's events as anybody may: committed ones, and per partition those whose number is above the highest seen.
 * The partitions are put together by number, so what is missing holds up all behind it.
 */
final class EventFollower implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final Consumer<FileEvent> taker;
    private final KafkaConsumer<String, FileEvent> consumer;
    private final Map<Integer, Long> highest = new HashMap<>();
    private final TreeMap<Long, FileEvent> waiting = new TreeMap<>();
    private long next = 1;
    private long resent;

    EventFollower(KafkaConnection connection, Consumer<FileEvent> taker) {
        this.taker = taker;
        consumer = new KafkaConsumer<>(connection.consumerConfig("campaign"));
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.FILE_EVENTS).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads what is there, or waits a moment. */
    void read() {
        for (ConsumerRecord<String, FileEvent> record : consumer.poll(POLL)) {
            FileEvent event = record.value();
            long number = event.getSequence();
            if (number <= highest.getOrDefault(record.partition(), 0L)) {
                resent++;
                continue;
            }
            highest.put(record.partition(), number);
            if (event.getHalf() == null) {
                waiting.put(number, event);
            }
        }
        for (FileEvent event = waiting.remove(next); event != null; event = waiting.remove(++next)) {
            taker.accept(event);
        }
    }

    /** Events behind a number that has not come. */
    int waiting() {
        return waiting.size();
    }

    /** The number that is to come next. */
    long next() {
        return next;
    }

    /** How many records came again. */
    long resent() {
        return resent;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
