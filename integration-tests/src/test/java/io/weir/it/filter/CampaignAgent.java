package io.weir.it.filter;

import io.weir.schemas.FileEvent;
import io.weir.schemas.Gap;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** An agent as the filter sees one: numbers that only rise, sent again after a restart. Safe for all threads. */
final class CampaignAgent implements AutoCloseable {
    private static final List<String> EXTENSIONS =
            List.of("txt", "txt", "exr", "exr", "exr", "exr", "exr", "exr", "log", "dat");
    private static final List<String> RARE = List.of("zip", "rar", "lzh", "gz");
    private static final int RARELY = 100;
    private static final int LOOPS = 97;
    private static final int DIRECTORIES = 200;
    private static final int REMEMBERED = 500;

    private final KafkaProducer<String, FileEvent> producer;
    private final Random random;
    private final Deque<ProducerRecord<String, FileEvent>> lastSent = new ArrayDeque<>();
    private long epoch = 1;
    private long sequence;
    private long count;

    CampaignAgent(KafkaConnection connection, Random random) {
        this.random = random;
        Map<String, Object> config = connection.producerConfig("it-agent");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        producer = new KafkaProducer<>(config);
    }

    /** An external change; one in a hundred of files that a rule may be about, some of them again and again. */
    synchronized void somethingHappens() {
        count++;
        List<String> extensions = random.nextInt(RARELY) == 0 ? RARE : EXTENSIONS;
        String extension = extensions.get(random.nextInt(extensions.size()));
        String path = count % LOOPS == 0
                ? "/loop/undone-by-cron.txt"
                : "/d" + random.nextInt(DIRECTORIES) + "/f" + random.nextInt(1_000_000) + "." + extension;
        String type = random.nextInt(4) == 0 && count % LOOPS != 0 ? "written" : "created";
        send(record(event(type, path)));
    }

    /** An action has changed a file. */
    synchronized void echo(String path, Causation causation) {
        ProducerRecord<String, FileEvent> record = record(event("created", path));
        causation.write(record.headers());
        send(record);
    }

    /** It was killed, and does not know what has arrived. */
    synchronized void sendAgain() {
        lastSent.forEach(record -> {
            var unused = producer.send(record);
        });
    }

    /** Its numbers begin anew, and it says so. */
    synchronized void losesItsSpool() {
        epoch++;
        sequence = 0;
        FileEvent gap = FileEvent.newBuilder(event("gap", "/"))
                .setGap(new Gap("agent-stopped", "the spool was lost", Instant.EPOCH, now()))
                .build();
        send(record(gap));
    }

    private FileEvent event(String type, String path) {
        return FileEvent.newBuilder()
                .setType(type)
                .setVolume(Feed.VOLUME)
                .setPath(path)
                .setAgent("agent")
                .setEpoch(epoch)
                .setSequence(++sequence)
                .setObservedAt(now())
                .setHost("host")
                .build();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProducerRecord<String, FileEvent> record(FileEvent event) {
        return new ProducerRecord<>(Topics.FILE_EVENTS, Keys.fileEvent(Feed.VOLUME, event.getPath()), event);
    }

    private void send(ProducerRecord<String, FileEvent> record) {
        var unused = producer.send(record);
        lastSent.add(record);
        if (lastSent.size() > REMEMBERED) {
            lastSent.remove();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
