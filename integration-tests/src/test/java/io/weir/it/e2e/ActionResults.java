package io.weir.it.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weir.schemas.ActionResult;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Reads what the action results of a running instance say. */
final class ActionResults {
    private ActionResults() {}

    /**
     * How many actions have been done for each path, once at least that many paths have one. A result is reported at least
     * once, so the same action id counts once.
     */
    static Map<String, Integer> doneByPath(Path data, int atLeast) throws IOException {
        JsonNode instance =
                new ObjectMapper().readTree(data.resolve("instance.json").toFile());
        KafkaConnection connection = new KafkaConnection(
                instance.path("bootstrapServers").asText(),
                Map.of(),
                Map.of("schema.registry.url", instance.path("schemaRegistry").asText()));
        Map<String, Integer> done = new TreeMap<>();
        Set<String> counted = new HashSet<>();
        try (KafkaConsumer<String, ActionResult> consumer =
                new KafkaConsumer<>(connection.consumerConfig("test-results"))) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ACTION_RESULTS).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (System.nanoTime() < deadline) {
                boolean any = false;
                for (ConsumerRecord<String, ActionResult> record : consumer.poll(Duration.ofMillis(500))) {
                    any = true;
                    if (record.value().getOutcome().equals("done") && counted.add(record.key())) {
                        done.merge(record.value().getPath(), 1, Integer::sum);
                    }
                }
                if (!any && done.size() >= atLeast) {
                    return done;
                }
            }
        }
        return done;
    }
}
