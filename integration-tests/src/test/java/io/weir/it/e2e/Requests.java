package io.weir.it.e2e;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** All requests of volume {@code v}, and what became of them, each by its action id: a result may be reported twice. */
final class Requests implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<String, SpecificRecord> consumer;
    private final Map<String, ActionRequest> requests = new HashMap<>();
    private final Map<String, ActionResult> results = new HashMap<>();

    Requests(KafkaConnection connection) {
        consumer = new KafkaConsumer<>(connection.consumerConfig("campaign"));
        List<TopicPartition> partitions = Stream.of(Topics.actionsOf("v"), Topics.ACTION_RESULTS)
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private void read() {
        for (ConsumerRecord<String, SpecificRecord> record : consumer.poll(POLL)) {
            if (record.value() instanceof ActionRequest request) {
                requests.put(request.getId(), request);
            } else if (record.value() instanceof ActionResult result) {
                // What a later attempt says of an action that is over is the same, or that nothing was left to do.
                results.merge(
                        result.getActionId(), result, (a, b) -> a.getOutcome().equals("done") ? a : b);
            }
        }
    }

    int countResults() {
        read();
        return results.size();
    }

    boolean allAnswered() {
        read();
        return unanswered().isEmpty();
    }

    List<String> unanswered() {
        return requests.values().stream()
                .filter(request -> !results.containsKey(request.getId()))
                .map(request -> request.getRule() + " " + request.getEvent().getPath())
                .toList();
    }

    /** How many requests of a rule there are for such paths. */
    long count(String rule, Predicate<String> path) {
        return of(rule, path).count();
    }

    /** How many of these have done something. */
    long done(String rule, Predicate<String> path) {
        return of(rule, path)
                .filter(request -> Optional.ofNullable(results.get(request.getId()))
                        .filter(result -> result.getOutcome().equals("done"))
                        .isPresent())
                .count();
    }

    private Stream<ActionRequest> of(String rule, Predicate<String> path) {
        return requests.values().stream()
                .filter(request -> request.getRule().equals(rule)
                        && path.test(request.getEvent().getPath()));
    }

    /** Figures for people. */
    String describe() {
        Map<String, Long> outcomes = results.values().stream()
                .collect(Collectors.groupingBy(ActionResult::getOutcome, Collectors.counting()));
        return requests.size() + " requests, " + outcomes;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
