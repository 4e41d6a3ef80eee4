package io.weir.it.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedException;
import io.weir.it.ChildJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void recordsAreThereAfterARestartOnTheSamePort() throws Exception {
        int port;
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            port = broker.port();
            write(broker, "t", "one", "two");
        }
        Instant before = Instant.now();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, port)) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(read(broker, "t", 2)).containsExactly("one", "two");
            before = Instant.now();
        }
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        Path data = directory.resolve("kafka");
        Path output = directory.resolve("output");
        Process child = startChild(output, data.toString());
        await().atMost(LIMIT).until(() -> lastLine(output) > 300);
        assertThatThrownBy(() -> EmbeddedBroker.start(data, 0))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("is in use by another process (pid " + child.pid() + " since ");
        child.destroyForcibly();
        assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
        int acknowledged = lastLine(output);

        try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            List<String> values = read(broker, BrokerChild.TOPIC, acknowledged + 1);
            assertThat(values.subList(0, acknowledged + 1))
                    .isEqualTo(IntStream.rangeClosed(0, acknowledged)
                            .mapToObj(i -> "value " + i)
                            .toList());
            write(broker, "after", "still writable");
        }
    }

    /** A commit whose markers the dead broker had not all written is completed by the next, in every partition. */
    @Test
    void transactionsAreWholeAfterKills() throws Exception {
        int partitions = 40;
        Path data = directory.resolve("kafka");
        for (int kill = 0; kill < 3; kill++) {
            Path output = directory.resolve("output" + kill);
            Process child = startChild(output, data.toString(), Integer.toString(partitions));
            assertThat(child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(lastLine(output)).isEqualTo(9);

            try (EmbeddedBroker broker = EmbeddedBroker.start(data, 0);
                    Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                await("no partition has an open transaction").atMost(LIMIT).untilAsserted(() -> assertThat(
                                ends(admin, partitions, IsolationLevel.READ_COMMITTED))
                        .isEqualTo(ends(admin, partitions, IsolationLevel.READ_UNCOMMITTED)));
            }
        }
    }

    private static Map<Integer, Long> ends(Admin admin, int partitions, IsolationLevel isolation) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        IntStream.range(0, partitions)
                .forEach(p -> latest.put(new TopicPartition(BrokerChild.TOPIC, p), OffsetSpec.latest()));
        Map<Integer, Long> ends = new TreeMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, offset) -> ends.put(partition.partition(), offset.offset()));
        return ends;
    }

    private static Process startChild(Path output, String... args) throws IOException {
        return new ProcessBuilder(ChildJvm.command("256m", BrokerChild.class, args))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The number on the last line that is complete; -1 if there is none yet. */
    private static int lastLine(Path output) throws IOException {
        String text = Files.readString(output);
        String[] lines = text.substring(0, text.lastIndexOf('\n') + 1).strip().split("\n", -1);
        String last = lines[lines.length - 1];
        return last.isEmpty() ? -1 : Integer.parseInt(last);
    }

    @Test
    void oneDirectoryHasOneBroker() {
        EmbeddedBroker broker = EmbeddedBroker.start(directory, 0);
        try {
            assertThat(broker.port()).isPositive();
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("data directory='" + directory + "' is in use by another process (pid "
                            + ProcessHandle.current().pid())
                    .hasMessageContaining("stop that process first, or use another directory");
        } finally {
            broker.close();
            broker.close();
        }
        EmbeddedBroker.start(directory, 0).close();
    }

    @Test
    void aPortThatIsTakenGivesWayToAFreeOne() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (EmbeddedBroker broker = EmbeddedBroker.start(directory, taken.getLocalPort())) {
                assertThat(broker.port()).isNotEqualTo(taken.getLocalPort()).isPositive();
            }
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsTold() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertThatThrownBy(() -> EmbeddedBroker.start(file.resolve("kafka"), 0))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("data directory='" + file.resolve("kafka") + "' cannot be used")
                .hasMessageContaining("expected a directory that this user may write to");
    }

    @Test
    void damagedPropertiesAreToldAndNothingIsTouched() throws IOException {
        EmbeddedBroker.start(directory, 0).close();
        Path meta = directory.resolve("meta.properties");
        String whole = Files.readString(meta);
        for (String damaged : new String[] {"", "version=1\n", whole.replace("node.id=1", "node.id=7")}) {
            Files.writeString(meta, damaged);
            assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("file='" + meta + "' is damaged or not the embedded broker's")
                    .hasMessageContaining("restore it from a backup, or move '" + directory + "' away");
        }
        Files.writeString(meta, whole);
        EmbeddedBroker.start(directory, 0).close();
    }

    @Test
    void logsWithoutPropertiesAreNotTakenForStrays() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            write(broker, "t", "precious");
        }
        Path meta = directory.resolve("meta.properties");
        Path saved = Files.move(meta, directory.resolve("saved"));

        assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining("has logs (t-0, …) but no meta.properties");

        Files.move(saved, meta);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory, 0)) {
            assertThat(read(broker, "t", 1)).containsExactly("precious");
        }
    }

    @Test
    void aFormattingThatWasInterruptedIsDoneAgain() throws IOException {
        EmbeddedBroker.start(directory, 0).close();
        Files.delete(directory.resolve("meta.properties"));

        EmbeddedBroker.start(directory, 0).close();
    }

    private static void write(EmbeddedBroker broker, String topic, String... values) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
        try (Admin admin = Admin.create(config);
                var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, "k", value)).get();
            }
        }
    }

    private static List<String> read(EmbeddedBroker broker, String topic, int count) {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        List<String> values = new ArrayList<>();
        Instant end = Instant.now().plus(LIMIT);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (values.size() < count && Instant.now().isBefore(end)) {
                consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
            }
        }
        return values;
    }
}
