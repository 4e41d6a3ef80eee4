package io.weir.cli.qumulo;

import io.weir.cli.search.TopicReader;
import io.weir.schemas.connect.KafkaConnection;
import java.io.Closeable;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a topic from its beginning, and on as it grows, by a thread of its own; begins anew after a failure. */
final class TopicFollower implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration ROUND = Duration.ofSeconds(1);

    /** Takes what is read, on the follower's thread. */
    interface Taker extends Consumer<ConsumerRecord<String, SpecificRecord>> {
        /** All that there was has been read, or all that has come meanwhile. */
        void caughtUp();

        /** The topic is read from its beginning again. */
        void anew();
    }

    private final KafkaConnection connection;
    private final String topic;
    private final Taker taker;
    private final Thread thread;
    private volatile boolean closing;

    /** Begins to read. */
    TopicFollower(KafkaConnection connection, String topic, Taker taker) {
        this.connection = connection;
        this.topic = topic;
        this.taker = taker;
        this.thread = new Thread(this::run, "weir-follow-" + topic);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!closing) {
            taker.anew();
            try (TopicReader reader = TopicReader.fromBeginning(connection, topic)) {
                reader.readToEnd(taker);
                taker.caughtUp();
                while (!closing) {
                    boolean[] read = {false};
                    reader.readUntil(() -> closing || read[0], ROUND, record -> {
                        taker.accept(record);
                        read[0] = true;
                    });
                    taker.caughtUp();
                }
            } catch (KafkaException e) {
                if (!closing) {
                    LOG.atDebug().addKeyValue("topic", topic).setCause(e).log("cannot be read; tried again");
                    pause();
                }
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
