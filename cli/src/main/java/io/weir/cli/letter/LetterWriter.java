package io.weir.cli.letter;

import io.weir.cli.CommandException;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.serde.ConfluentAvroSerializer;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Resolution;
import io.weir.schemas.topic.Topics;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes decisions about dead letters, and asks again for what they asked for. Belongs to one thread. */
final class LetterWriter implements Closeable {
    /** How old a request may be that is asked for again. */
    private static final Duration NOT_AFTER = Duration.ofHours(24);

    private static final String OF_LETTERS = "dead-letter-";

    private final KafkaProducer<byte[], byte[]> producer;
    private final ConfluentAvroSerializer serializer = new ConfluentAvroSerializer();

    LetterWriter(KafkaConnection connection) {
        Map<String, Object> config = connection.producerConfig("weir-dead-letters");
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer = new KafkaProducer<>(config);
        serializer.configure(connection.serdeConfig(), false);
    }

    void resolve(Resolution resolution) throws InterruptedException {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.DEAD_LETTERS, null);
        resolution.write(record.headers());
        send(record);
    }

    /**
     * Writes the request again, where it was read from or was meant to go. One that was tried and has failed gets an id of
     * its own, always the same for this letter: what has become of the old id stays told.
     *
     * @return the id
     * @throws CommandException if it is no request
     */
    String retry(Letter letter) throws InterruptedException {
        String topic = letter.cause().topic();
        if (!Topics.hasRequests(topic)) {
            throw new CommandException("it comes from topic='" + topic + "' and is no action request; only those can be"
                    + " retried. See 'weir dead-letters show " + letter.number() + "'");
        }
        Headers headers = new RecordHeaders();
        for (Header header : letter.record().headers()) {
            if (!header.key().startsWith(OF_LETTERS)) {
                headers.add(header);
            }
        }
        ActionRequest request = letter.request().orElse(null);
        byte[] value = letter.record().value();
        if (request != null) {
            request = again(request, letter);
            value = serializer.serialize(topic, request);
        }
        send(new ProducerRecord<>(topic, null, letter.record().key(), value, headers));
        return request == null ? "as it was" : "as action " + request.getId();
    }

    private static ActionRequest again(ActionRequest request, Letter letter) {
        boolean tried = letter.cause().cause().equals(DeadLetter.ACTION_FAILED);
        return new ActionRequest(
                tried ? request.getId() + "-r" + letter.number() : request.getId(),
                request.getRule(),
                request.getRulesOffset(),
                request.getPosition(),
                request.getAction(),
                request.getParameters(),
                request.getEvent(),
                request.getEventPartition(),
                request.getEventOffset(),
                Instant.now().plus(NOT_AFTER).truncatedTo(ChronoUnit.MICROS),
                request.getDryRun());
    }

    private void send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            producer.send(record).get();
        } catch (KafkaException | ExecutionException e) {
            throw new CommandException("topic='" + record.topic() + "' cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
