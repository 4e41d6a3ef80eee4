package io.weir.cli.undo;

import io.weir.cli.CommandException;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Actor;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Errand;
import io.weir.schemas.topic.Topics;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends errands to the workers and waits for what becomes of them. Those that touch the same file are sent one after
 * another, in their order, each when the result of the one before is there; others at the same time. Belongs to one thread.
 */
public final class Errands implements Closeable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int MOST_AT_A_TIME = 1_000;

    private final KafkaConsumer<String, SpecificRecord> results;
    private final KafkaProducer<String, SpecificRecord> producer;
    private final Sender sender;

    private final Map<String, Deque<ErrandRequest>> lanes = new HashMap<>();
    private final Deque<ErrandRequest> ready = new ArrayDeque<>();
    private final Map<String, ErrandRequest> sent = new LinkedHashMap<>();

    /**
     * Who asks.
     *
     * @param dryRun whether the workers are only to tell what they would do
     */
    public record Sender(String author, String host, boolean dryRun) {
        private ActionRequest request(Errand errand, Instant at) {
            String command = "weir " + errand.action();
            var actor = new Actor(author, null, null, null, command, "certain");
            var asker = new Errand.Sender("weir-" + errand.action(), host, actor);
            return errand.request(asker, Long.toString(at.toEpochMilli(), Character.MAX_RADIX), at, dryRun);
        }
    }

    public Errands(KafkaConnection connection, Sender sender) {
        this.sender = sender;
        results = new KafkaConsumer<>(connection.scanConfig("weir-errands"));
        producer = new KafkaProducer<>(connection.producerConfig("weir-errands"));
        results.assign(results.partitionsFor(Topics.ACTION_RESULTS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        results.seekToEnd(results.assignment());
        results.assignment().forEach(results::position);
    }

    /**
     * Has them done.
     *
     * @param atMost how long to wait without any result
     * @param told what became of each, as soon as it is known
     * @return those without a result
     * @throws CommandException if Kafka cannot be asked
     */
    public List<ErrandRequest> run(
            List<ErrandRequest> errands, Duration atMost, BiConsumer<ErrandRequest, ActionResult> told) {
        for (ErrandRequest errand : errands) {
            errand.touched().forEach(file -> lane(file).add(errand));
        }
        errands.stream().filter(this::isNext).forEach(ready::add);
        try {
            long deadline = System.nanoTime() + atMost.toNanos();
            int left = errands.size();
            while (left > 0 && System.nanoTime() - deadline < 0) {
                send();
                for (ConsumerRecord<String, SpecificRecord> record : results.poll(POLL)) {
                    ErrandRequest errand = sent.remove(record.key());
                    if (errand != null && record.value() instanceof ActionResult result) {
                        left--;
                        deadline = System.nanoTime() + atMost.toNanos();
                        told.accept(errand, result);
                        over(errand);
                    }
                }
            }
        } catch (KafkaException e) {
            throw new CommandException(
                    "the workers cannot be asked: " + e.getMessage() + "; 'weir trace ID' shows what was done", e);
        }
        return List.copyOf(sent.values());
    }

    private Deque<ErrandRequest> lane(String file) {
        return lanes.computeIfAbsent(file, f -> new ArrayDeque<>());
    }

    private boolean isNext(ErrandRequest errand) {
        return errand.touched().stream()
                .allMatch(file -> errand.equals(lane(file).peek()));
    }

    private void send() {
        while (!ready.isEmpty() && sent.size() < MOST_AT_A_TIME) {
            ErrandRequest errand = ready.remove();
            ActionRequest request = sender.request(errand.errand(), Instant.now());
            var record = new ProducerRecord<String, SpecificRecord>(
                    Topics.actionsOf(errand.errand().volume()), errand.errand().key(), request);
            errand.cause().write(record.headers());
            sent.put(request.getId(), errand);
            var unused = producer.send(record);
        }
        producer.flush();
    }

    private void over(ErrandRequest errand) {
        for (String file : errand.touched()) {
            Deque<ErrandRequest> lane = lane(file);
            lane.remove();
            ErrandRequest next = lane.peek();
            if (next != null && isNext(next) && !ready.contains(next)) {
                ready.add(next);
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        results.close();
    }
}
