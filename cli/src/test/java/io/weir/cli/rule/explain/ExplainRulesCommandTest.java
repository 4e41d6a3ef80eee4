package io.weir.cli.rule.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import io.weir.cli.lines.SampleEvents;
import io.weir.cli.rule.TestSystem;
import io.weir.schemas.FileEvent;
import io.weir.schemas.RulesInForce;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainRulesCommandTest {
    private static final String ARCHIVES =
            "  - id: archives\n    on: written\n    when: { extension: %s }\n    actions: [ { quarantine: { to: /q } } ]\n";
    private static final String LARGE =
            """
              - id: large
                mode: shadow
                on: [written, moved]
                when: { size: "> 1 B" }
                actions: [ { quarantine: { to: /q } } ]
            """;

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestSystem system;

    /** Two applies, the first one's offsets being 0 and 1 with 2 for its end, and 3 to 4 those of the second. */
    @BeforeAll
    static void start() {
        system = TestSystem.start(directory);
        system.file("one", ARCHIVES.formatted("zip"));
        system.file("two", ARCHIVES.formatted("rar") + LARGE);
        system.weir("rules", "apply", "-f", "one.yaml", "--timeout", "0");
        system.weir("rules", "apply", "-f", "two.yaml", "--timeout", "0");
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    @Test
    void describedEventIsExplainedByAFileWithoutASystem() {
        CommandRun run = CommandRun.in(
                directory,
                "rules",
                "explain",
                "--type",
                "written",
                "--path",
                "/a.zip",
                "--size",
                "2 B",
                "-f",
                "two.yaml");

        assertThat(run.err()).isEqualTo("weir: no --volume was given: rules for certain volumes do not match\n");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo("archives: extension='zip': expected rar\nlarge: matched (in shadow mode: recorded only)\n");
    }

    @Test
    void describedEventIsExplainedByTheRulesInForce() {
        CommandRun run = system.weir(
                "rules", "explain", "--type", "written", "--path", "/a.rar", "--volume", "v", "--rule", "archives");

        assertThat(run.out()).isEqualTo("archives: matched\n");
        assertThat(run.err()).isEqualTo("weir: by the rules in force now, rules offset 5\n");
    }

    @Test
    void eventIsExplainedByTheRulesThatWereInForceThen() {
        RecordMetadata first = event("/then/a.zip", 1, null);
        inForce(first, 1, "00");
        RecordMetadata second = event("/then/b.zip", 2, null);

        CommandRun run = system.weir("rules", "explain", "host-1:1:2");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo("archives: matched\n");
        assertThat(run.err())
                .contains("written inbox:/then/b.zip (weir.file-events-" + second.partition() + "@" + second.offset()
                        + ") was judged under rules offset 1")
                .contains("these are not exactly the rules of then");
    }

    @Test
    void eventThatAnActionCausedSaysSo() {
        RecordMetadata caused = event("/caused/a.rar", 3, new Causation("action-1", "event-1", 1));
        inForce(caused, 5, "00");

        CommandRun run = system.weir("rules", "explain", "host-1:1:3");

        assertThat(run.out())
                .isEqualTo(
                        "archives: matched, but suppressed: action action-1 caused the event, and the rule does not ask"
                                + " for such by 'causes'\n"
                                + "large: matched, but suppressed: action action-1 caused the event, and the rule does not ask for"
                                + " such by 'causes'\n");
    }

    @Test
    void sourceHalfOfAMoveIsNotTheEvent() {
        FileEvent.Builder moved = SampleEvents.event("moved", "/new/a.zip")
                .setPreviousPath("/old/a.zip")
                .setSequence(4)
                .setState(SampleEvents.state());
        system.send(Topics.FILE_EVENTS, "inbox:/old", moved.setHalf("source").build());
        system.send(Topics.FILE_EVENTS, "inbox:/new", moved.setHalf(null).build());

        CommandRun run = system.weir("rules", "explain", "host-1:1:4", "-f", "two.yaml");

        assertThat(run.out()).contains("large: matched");
        assertThat(system.weir("rules", "explain", "host-1:1:4").err())
                .containsPattern("(has not been judged yet|was judged under)");
    }

    @Test
    void whatIsNotThereIsSaid() {
        event("/x/a.zip", 5, null);

        assertThat(system.weir("rules", "explain", "host-1:1:99").err())
                .contains(
                        "event id='host-1:1:99' is not in weir.file-events: agent 'host-1' is there, but not this event");
        assertThat(system.weir("rules", "explain", "host-2:1:5").err()).contains("unknown agent 'host-2'");
        assertThat(system.weir("rules", "explain", "--type", "read", "--path", "/a", "--rule", "archive")
                        .err())
                .contains("no rule has the id 'archive': did you mean 'archives'?");
    }

    @Test
    void wrongArgumentsAreWrongUse() {
        assertUsage("no event to explain: expected an EVENT-ID, or --path and --type", "--path", "/a");
        assertUsage("--type: unknown event type 'writen'", "--path", "/a", "--type", "writen");
        assertUsage("--path: path 'a' does not begin with '/'", "--path", "a", "--type", "written");
        assertUsage("EVENT-ID and --size both", "a:1:2", "--size", "3");
        assertUsage("event id='nonsense': expected agent:epoch:sequence", "nonsense");
    }

    private static void assertUsage(String message, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "rules";
        all[1] = "explain";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        CommandRun run = CommandRun.in(directory, all);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    private static RecordMetadata event(String path, long sequence, @Nullable Causation causation) {
        FileEvent event = SampleEvents.event("written", path)
                .setSequence(sequence)
                .setState(SampleEvents.state())
                .build();
        ProducerRecord<String, SpecificRecord> record =
                new ProducerRecord<>(Topics.FILE_EVENTS, Keys.fileEvent("inbox", path), event);
        if (causation != null) {
            causation.write(record.headers());
        }
        return system.send(record);
    }

    private static void inForce(RecordMetadata from, long rulesOffset, String hash) {
        system.send(
                Topics.RULES_IN_FORCE,
                from.partition() + ":" + from.offset(),
                new RulesInForce(from.partition(), from.offset(), rulesOffset, hash, Topics.FILE_EVENTS, -1L));
    }
}
