package io.weir.it.filter;

import io.weir.schemas.FileEvent;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** An agent's events: numbered from 1, spread over directories and so over partitions. */
final class Feed implements AutoCloseable {
    static final String VOLUME = "inbox";
    private static final int DIRECTORIES = 16;

    private final KafkaProducer<String, FileEvent> producer;

    Feed(KafkaConnection connection) {
        producer = new KafkaProducer<>(connection.producerConfig("it-agent"));
    }

    /** The id of the event with a number. */
    static String id(long sequence) {
        return "agent:1:" + sequence;
    }

    /** Sends a created file. */
    Future<RecordMetadata> send(long sequence, String extension) {
        String path = "/d" + sequence % DIRECTORIES + "/f" + sequence + "." + extension;
        FileEvent event = FileEvent.newBuilder()
                .setType("created")
                .setVolume(VOLUME)
                .setPath(path)
                .setAgent("agent")
                .setEpoch(1)
                .setSequence(sequence)
                .setObservedAt(Instant.ofEpochSecond(sequence))
                .setHost("host")
                .build();
        return producer.send(new ProducerRecord<>(Topics.FILE_EVENTS, Keys.fileEvent(VOLUME, path), event));
    }

    /** Sends the events of a range of numbers, both included, and waits until they are in the log. */
    void sendAll(long first, long last, String extension) throws ExecutionException, InterruptedException {
        Future<RecordMetadata> sent = null;
        for (long sequence = first; sequence <= last; sequence++) {
            sent = send(sequence, extension);
        }
        if (sent != null) {
            sent.get();
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
