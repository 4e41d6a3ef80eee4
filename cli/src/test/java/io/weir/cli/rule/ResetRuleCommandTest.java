package io.weir.cli.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import io.weir.schemas.Contribution;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Position;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.topic.BreakerReset;
import io.weir.schemas.topic.RulePath;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resets on a real broker and registry; the filter's part is played by the test. */
class ResetRuleCommandTest {
    private static final String WHY = "more than 5 firings within 1m";

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = TestSystem.start(directory);
        system.file(
                "rules",
                Stream.of("lock", "lock-2", "pair")
                        .map("  - id: %s\n    on: created\n    actions: [ { quarantine: { to: /q } } ]\n"::formatted)
                        .reduce("", String::concat));
        system.weir("rules", "apply", "-f", "rules.yaml", "--timeout", "0");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @AfterEach
    void nothingIsSuspended() {
        system.records(Topics.RULE_STATUS).stream()
                .map(ConsumerRecord::key)
                .distinct()
                .forEach(key -> system.send(Topics.RULE_STATUS, key, null));
    }

    private static void tripped(String rule, String volume, String path, String topic, int partition) {
        system.send(
                Topics.RULE_STATUS,
                new RulePath(rule, volume, path).key(),
                RuleStatus.newBuilder()
                        .setRule(rule)
                        .setStatus("tripped")
                        .setFaults(List.of(WHY))
                        .setRulesOffset(1)
                        .setVolume(volume)
                        .setPath(path)
                        .setPosition(new Position(topic, partition, 7L))
                        .setFilter("test")
                        .setAt(Instant.EPOCH)
                        .build());
    }

    private static void tripped(String rule, String path) {
        tripped(rule, "inbox", path, Topics.FILE_EVENTS, 2);
    }

    @Test
    void anUnknownRuleIsToldAndNothingIsWritten() {
        CommandRun run = system.weir("rules", "reset", "lok");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "no rule has the id 'lok': did you mean 'lock'?; nothing was reset; in force are: lock, lock-2");
    }

    @Test
    void aRuleOrPathThatIsNotSuspendedIsTold() {
        assertThat(system.weir("rules", "reset", "lock").err())
                .contains("rule 'lock' is not suspended; nothing was reset; it is suspended for: no path");
        tripped("lock", "/a");
        tripped("lock-2", "/b");
        CommandRun run = system.weir("rules", "reset", "lock", "--path", "/b", "--volume", "inbox");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("rule 'lock' is not suspended for path='/b' on volume='inbox'; nothing was reset;"
                        + " it is suspended for: inbox:/a");
    }

    @Test
    void resetsWhatIsAskedForWhereItWasCountedAndWaitsForTheFilter() {
        tripped("lock", "/a");
        tripped("lock", "/d/b");
        tripped("lock", "other", "/a", Topics.FILE_EVENTS, 1);
        try (Filter filter = new Filter()) {
            CommandRun run =
                    system.weir("rules", "reset", "lock", "--path", "/a", "--volume", "inbox", "--author", "ann");
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isEqualTo("rule/lock reset for inbox:/a\n");
            assertThat(run.code()).isZero();
            assertThat(filter.last().topic()).isEqualTo(Topics.FILE_EVENTS);
            assertThat(filter.last().partition()).isEqualTo(2);
            assertThat(filter.last().key()).isEqualTo("inbox:/");
            assertThat(((FileEvent) filter.last().value()).getActor().getName()).isEqualTo("ann");

            CommandRun rest = system.weir("rules", "reset", "lock");
            assertThat(rest.out().lines())
                    .containsExactlyInAnyOrder("rule/lock reset for inbox:/d/b", "rule/lock reset for other:/a");
            assertThat(rest.code()).isZero();
            assertThat(system.weir("rules", "reset", "lock").code()).isEqualTo(1);
        }
    }

    @Test
    void aPathIsTakenAsMessagesHaveIt() {
        tripped("lock", "/a");
        tripped("lock", "other", "/a", Topics.FILE_EVENTS, 1);
        try (Filter filter = new Filter()) {
            assertThat(system.weir("rules", "reset", "lock", "--path", "other:/a")
                            .out())
                    .isEqualTo("rule/lock reset for other:/a\n");
            assertThat(filter.last().partition()).isEqualTo(1);
        }
    }

    @Test
    void aRuleThatCountsIsResetInAllPartitionsOfTheContributions() {
        tripped("pair", "inbox", "/in/b", Topics.AGGREGATES, 3);
        try (Filter filter = new Filter()) {
            CommandRun run = system.weir("rules", "reset", "pair");
            assertThat(run.out()).isEqualTo("rule/pair reset for inbox:/in/b\n");
            assertThat(system.records(Topics.AGGREGATES))
                    .extracting(ConsumerRecord::partition)
                    .containsExactlyInAnyOrder(0, 1, 2, 3);
            assertThat(filter.last().topic()).isEqualTo(Topics.AGGREGATES);
        }
    }

    @Test
    void withoutAFilterTheResetIsWrittenAndSaidToBePending() {
        tripped("lock", "/a");
        CommandRun run = system.weir("rules", "reset", "lock", "--timeout", "0");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("the reset for inbox:/a is written, but no filter has read it after 0.0 s");
    }

    @Test
    void listGetAndDoctorShowSuspensions() {
        tripped("lock", "/a\u001b[2J");
        tripped("lock", "/b");
        CommandRun list = system.weir("rules", "list");
        assertThat(list.out().lines()).anyMatch(line -> line.matches("lock +enforce +tripped .*"));
        assertThat(list.out().lines()).anyMatch(line -> line.matches("lock-2 +enforce +unconfirmed .*"));
        assertThat(list.err())
                .contains("weir: rule 'lock' is suspended for inbox:/a?[2J since ")
                .contains(": " + WHY);
        assertThat(system.weir("rules", "list", "-o", "json").out())
                .contains(
                        "\"status\":\"tripped\",\"tripped\":[{\"volume\":\"inbox\",\"path\":\"/a\\u001B[2J\",\"since\":")
                .contains("\"id\":\"lock-2\",\"status\":\"unconfirmed\",\"definition\"");
        CommandRun get = system.weir("rules", "get", "lock");
        assertThat(get.out()).startsWith("rules:\n  - id: lock\n").doesNotContain("tripped");
        assertThat(get.err().lines()).hasSize(2);
        assertThat(system.weir("rules", "get", "lock-2").err()).isEmpty();
        assertThat(system.weir("doctor").out()).contains("rule 'lock': suspended where it fired too often: 2 paths");
    }

    /** Deletes the status of each path whose reset it reads. */
    private static final class Filter implements AutoCloseable {
        private final KafkaConsumer<String, SpecificRecord> consumer =
                new KafkaConsumer<>(system.connection().consumerConfig("fake-filter"));
        private final Thread thread = new Thread(this::run, "fake-filter");
        private volatile boolean closing;
        private volatile Optional<ConsumerRecord<String, SpecificRecord>> last = Optional.empty();

        Filter() {
            List<TopicPartition> partitions = Stream.of(Topics.FILE_EVENTS, Topics.AGGREGATES)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.endOffsets(partitions).forEach(consumer::seek);
            thread.start();
        }

        private void run() {
            while (!closing) {
                consumer.poll(Duration.ofMillis(50)).forEach(this::answer);
            }
            consumer.close();
        }

        private void answer(ConsumerRecord<String, SpecificRecord> record) {
            Optional<BreakerReset> reset = Optional.empty();
            if (record.value() instanceof FileEvent event) {
                reset = BreakerReset.read(record.headers(), event.getVolume(), event.getPath());
            } else if (record.value() instanceof Contribution contribution && record.partition() == 3) {
                reset = BreakerReset.read(contribution);
            }
            reset.ifPresent(r -> {
                last = Optional.of(record);
                system.send(Topics.RULE_STATUS, r.target().key(), null);
            });
        }

        ConsumerRecord<String, SpecificRecord> last() {
            return last.orElseThrow();
        }

        @Override
        public void close() {
            closing = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
