package io.weir.it.filter;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** Reports each request as done once, and has the agent see what the action changed. */
final class CampaignWorker implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int QUIET_POLLS = 20;

    private final KafkaConsumer<String, ActionRequest> requests;
    private final KafkaProducer<String, ActionResult> results;
    private final CampaignAgent agent;
    private final Set<String> done = new HashSet<>();
    private final Thread thread = new Thread(this::work, "campaign-worker");
    private volatile boolean stopped;
    private volatile int quiet;

    CampaignWorker(KafkaConnection connection, CampaignAgent agent) {
        this.agent = agent;
        requests = new KafkaConsumer<>(connection.consumerConfig("it-worker"));
        results = new KafkaProducer<>(connection.producerConfig("it-worker"));
        String topic = Topics.actionsOf(Feed.VOLUME);
        List<TopicPartition> partitions = requests.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        requests.assign(partitions);
        requests.seekToBeginning(partitions);
    }

    void start() {
        thread.start();
    }

    private void work() {
        while (!stopped) {
            ConsumerRecords<String, ActionRequest> records = requests.poll(POLL);
            records.forEach(this::carryOut);
            quiet = records.isEmpty() ? quiet + 1 : 0;
        }
    }

    private void carryOut(ConsumerRecord<String, ActionRequest> record) {
        ActionRequest request = record.value();
        if (!done.add(request.getId())) {
            return;
        }
        String outcome = request.getDryRun() ? "would-do" : "done";
        var unused =
                results.send(new ProducerRecord<>(Topics.ACTION_RESULTS, request.getId(), result(request, outcome)));
        if (!request.getDryRun()) {
            Causation cause = Causation.read(record.headers()).orElseThrow();
            String to = String.valueOf(request.getParameters().get("to"));
            String name = request.getEvent().getPath().replace('/', '_');
            agent.echo(to + "/" + name, new Causation(request.getId(), cause.correlationId(), cause.depth() + 1));
        }
    }

    private static ActionResult result(ActionRequest request, String outcome) {
        return ActionResult.newBuilder()
                .setActionId(request.getId())
                .setAttempt(1)
                .setOutcome(outcome)
                .setRule(request.getRule())
                .setAction(request.getAction())
                .setVolume(request.getEvent().getVolume())
                .setPath(request.getEvent().getPath())
                .setEventId(EventId.of(request.getEvent()).toString())
                .setWorker("w")
                .setStartedAt(Instant.EPOCH)
                .setFinishedAt(Instant.EPOCH)
                .build();
    }

    /** There has been nothing to do for some time. */
    void awaitIdle(Duration limit) {
        Awaitility.await().atMost(limit).until(() -> quiet > QUIET_POLLS || !thread.isAlive());
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        requests.close();
        results.close();
    }
}
