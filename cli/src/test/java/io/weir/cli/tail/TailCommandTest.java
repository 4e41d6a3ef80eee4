package io.weir.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandRun;
import io.weir.cli.StopRequest;
import io.weir.cli.rule.TestSystem;
import io.weir.cli.trace.ChainSample;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker: forty events over all partitions, every tenth a deletion, each with a decision and a result. */
@Timeout(120)
class TailCommandTest {
    private static final int EVENTS = 40;

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = TestSystem.start(directory);
        List<ProducerRecord<String, SpecificRecord>> records = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            FileEvent event = ChainSample.event(i, i % 10 == 0 ? "deleted" : "written", "/d" + i + "/f" + i);
            String outcome = i % 2 == 0 ? "matched" : "suppressed";
            records.add(new ProducerRecord<>(Topics.FILE_EVENTS, "inbox:/d" + i, event));
            records.add(new ProducerRecord<>(
                    Topics.DECISIONS,
                    "k" + i,
                    ChainSample.decision(event, outcome, null, null, ChainSample.rule("r" + i % 3, outcome))));
            records.add(new ProducerRecord<>(
                    Topics.ACTION_RESULTS, "k" + i, ChainSample.result(event, "act-" + i, i == 7 ? "failed" : "done")));
        }
        records.add(new ProducerRecord<>(
                Topics.FILE_EVENTS, "inbox:/m", ChainSample.moved(EVENTS, "/from/here", "/to/there")));
        records.add(new ProducerRecord<>(Topics.FILE_EVENTS, "inbox:/m", ChainSample.event(EVENTS + 1, "tick", "/")));
        system.send(records);
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void theLastTenInTheOrderOfTheLog() {
        CommandRun run = system.weir("decisions", "tail", "--path", "/d*/*");
        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(paths(run)).containsExactlyElementsOf(expected(EVENTS - 10, EVENTS));
        assertThat(run.out().lines().findFirst().orElseThrow())
                .matches(
                        "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} match      r0: inbox:/d30/f30 \\(deleted\\)");
    }

    @Test
    void asManyAsAreAskedForAlsoIfTheyAreRare() {
        assertThat(paths(system.weir("events", "tail", "-n", "2", "--type", "deleted")))
                .containsExactly("/d20/f20", "/d30/f30");
        assertThat(paths(system.weir("events", "tail", "-n", "100", "--type", "deleted")))
                .containsExactly("/d0/f0", "/d10/f10", "/d20/f20", "/d30/f30");
        assertThat(system.weir("events", "tail", "-n", "0").out()).isEmpty();
    }

    @Test
    void allOfAStretchOfTime() {
        assertThat(paths(system.weir("decisions", "tail", "--since", "1h", "--path", "/d*/*")))
                .containsExactlyElementsOf(expected(0, EVENTS));
        assertThat(system.weir("decisions", "tail", "--until", "1h").out()).isEmpty();
        assertThat(system.weir("decisions", "tail", "--from", "2h", "--to", "1h")
                        .out())
                .isEmpty();
    }

    @Test
    void aMoveIsFoundUnderEitherPathAndATickIsNotShown() {
        String line = "moved inbox:/from/here -> /to/there\n";
        assertThat(system.weir("events", "tail", "--path", "/from/**").out()).contains(line);
        assertThat(system.weir("events", "tail", "--path", "/to/**", "--volume", "inbox")
                        .out())
                .contains(line);
        assertThat(system.weir("events", "tail", "--volume", "other").out()).doesNotContain("inbox:");
    }

    @Test
    void decisionsByRuleAndOutcome() {
        assertThat(paths(system.weir("decisions", "tail", "--since", "1h", "--rule", "r1", "--outcome", "suppressed")))
                .containsExactlyElementsOf(IntStream.range(0, EVENTS)
                        .filter(i -> i % 3 == 1 && i % 2 == 1)
                        .mapToObj(i -> "/d" + i + "/f" + i)
                        .toList());
    }

    @Test
    void actionsByOutcomeBesideTheListOfActions() {
        assertThat(system.weir("actions", "tail", "--outcome", "failed").out())
                .endsWith("action     rule: quarantine inbox:/d7/f7 failed\n");
        assertThat(CommandRun.in(directory, "actions", "quarantine").out()).startsWith("quarantine: ");
    }

    @Test
    void asJsonWithPlaceAndTime() {
        assertThat(system.weir("actions", "tail", "-n", "1", "-o", "json").out())
                .startsWith("{\"kind\":\"action\",\"rule\":\"rule\"")
                .contains("\"actionId\":\"act-39\"", "\"topic\":\"weir.action-results\",\"partition\":")
                .containsPattern("\"time\":\"20..-..-..T.*Z\"")
                .containsPattern("\"offset\":\\d+}");
    }

    @Test
    void aRecordThatCannotBeReadIsShownAsThat() throws Exception {
        Map<String, Object> config = system.connection().producerConfig("bytes");
        config.put("key.serializer", StringSerializer.class);
        config.put("value.serializer", ByteArraySerializer.class);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(config)) {
            producer.send(new ProducerRecord<>(Topics.FILE_EVENTS, "k", new byte[] {1, 2}))
                    .get();
        }
        assertThat(system.weir("events", "tail", "-n", "1").out()).contains("error      cannot read weir.file-events-");
    }

    @Test
    void followsUntilItIsStopped() throws Exception {
        StopRequest stop = new StopRequest();
        CommandContext context = new CommandContext(
                Map.of(
                        "WEIR_BOOTSTRAP_SERVERS", system.connection().bootstrapServers(),
                        "WEIR_SCHEMA_REGISTRY", system.registryUrl()),
                directory,
                directory,
                () -> stop);
        CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(
                () -> CommandRun.with(context, "decisions", "tail", "-f", "-n", "0", "--path", "/new*"));
        List<Integer> sent = new ArrayList<>();
        // What came before it had looked for the end is not shown, so it is sent until it is.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            FileEvent event = ChainSample.event(100, "written", "/new" + sent.size());
            system.send(Topics.DECISIONS, "k", ChainSample.decision(event, "matched", null, null));
            sent.add(sent.size());
            return sent.size() > 30;
        });
        stop.request();
        CommandRun ended = run.get(30, TimeUnit.SECONDS);
        assertThat(ended.code()).isZero();
        assertThat(paths(ended)).isNotEmpty().allMatch(path -> path.startsWith("/new"));
    }

    @Test
    void optionsThatDoNotGoTogether() {
        assertThat(system.weir("events", "tail", "--since", "1h", "--until", "2h")
                        .err())
                .contains("is not before --until=");
        assertThat(system.weir("events", "tail", "-f", "--until", "1h").code()).isEqualTo(2);
        assertThat(CommandRun.in(directory, "events").err()).contains("events: expected a command: tail");
    }

    private static List<String> paths(CommandRun run) {
        return run.out()
                .lines()
                .map(line -> line.replaceFirst(".* inbox:(\\S+).*", "$1"))
                .toList();
    }

    private static List<String> expected(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "/d" + i + "/f" + i).toList();
    }
}
