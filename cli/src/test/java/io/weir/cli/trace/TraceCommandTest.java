package io.weir.cli.trace;

import static io.weir.cli.trace.ChainSample.FIRST;
import static io.weir.cli.trace.ChainSample.event;
import static io.weir.cli.trace.ChainSample.move;
import static io.weir.cli.trace.ChainSample.moved;
import static io.weir.cli.trace.ChainSample.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.CommandRun;
import io.weir.cli.rule.TestSystem;
import io.weir.cli.search.FoundRecord;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.DeadLetter;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.Topics;
import io.weir.schemas.topic.VolumeRegistry;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real broker, over records as the parts write them. */
class TraceCommandTest {
    private static final FileEvent ZIP = event(1, "written", "/a.zip");
    private static final FileEvent MOVED = moved(2, "/a.zip", "/q/a.zip");
    private static final FileEvent UNMATCHED = event(7, "created", "/b");
    private static final FileEvent WAITING = event(8, "written", "/c.zip");
    private static final String[] TREE = {
        "event written inbox:/a.zip [weir.file-events-",
        "└─ decision matched: put-away [weir.decisions-",
        "   └─ request quarantine by rule rule [weir.actions.inbox-",
        "      ├─ event moved inbox:/a.zip -> /q/a.zip, caused by the action (window) [weir.file-events-",
        "      │  └─ decision suppressed: no rule would have matched [weir.decisions-",
        "      └─ result done: move /a.zip -> /q/a.zip (attempt 1, worker w, 12 ms) [weir.action-results-"
    };

    @TempDir
    private static Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static TestSystem system;

    @BeforeAll
    static void start() {
        system = TestSystem.start(directory);
        VolumeRegistry.register(system.connection(), "inbox", "mounted", "test");
        ChainSample zip = new ChainSample()
                .external(ZIP)
                .decided(ZIP, "matched", rule("put-away", "matched", "act-1"))
                .requested(ZIP, "act-1")
                .caused("act-1", 1, MOVED)
                .suppressed(MOVED, "act-1")
                .resulted(ZIP, "act-1", "done", move("/a.zip", "/q/a.zip"))
                .external(UNMATCHED);
        DeadLetter letter = new DeadLetter("worker", "unacceptable request", "why", "weir.actions.inbox", 0, 9);
        Causation cause = new Causation("host-1:1:8", "host-1:1:8", 0);
        ChainSample waiting = new ChainSample()
                .external(WAITING)
                .add("weir.actions.inbox", cause, ChainSample.request(WAITING, "act-8"))
                .add(Topics.DEAD_LETTERS, cause, letter, null);
        system.send(Stream.of(zip, waiting)
                .flatMap(sample -> sample.records().stream())
                .map(TraceCommandTest::sent)
                .toList());
    }

    @AfterAll
    static void stop() {
        system.close();
    }

    private static ProducerRecord<String, SpecificRecord> sent(FoundRecord record) {
        SpecificRecord value = record.value().orElse(null);
        ProducerRecord<String, SpecificRecord> sent = new ProducerRecord<>(record.topic(), key(value), value);
        record.causation().ifPresent(causation -> causation.write(sent.headers()));
        record.deadLetter().ifPresent(letter -> letter.write(sent.headers()));
        return sent;
    }

    private static String key(@Nullable SpecificRecord value) {
        if (value instanceof Decision decision) {
            return decision.getEventId();
        } else if (value instanceof ActionResult result) {
            return result.getActionId();
        }
        FileEvent event = value instanceof ActionRequest request ? request.getEvent() : ZIP;
        event = value instanceof FileEvent own ? own : event;
        return Keys.fileEvent(event.getVolume(), event.getPath());
    }

    private static CommandRun trace(String... arguments) {
        return system.weir(
                Stream.concat(Stream.of("trace"), Stream.of(arguments)).toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, "host-1:1:2", "act-1"})
    void theWholeChainIsFoundByEachOfItsIds(String id) {
        CommandRun run = trace(id);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(TREE.length);
        assertThat(run.out()).contains(TREE);
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line)
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z +[+-]\\d+\\.\\d{3} s  .*"));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void anEventThatNoRuleMatchedIsAChainOfItsOwn() {
        CommandRun run = trace("host-1:1:7");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("event created inbox:/b [weir.file-events-")
                .contains("└─ no decision: no rule matched, or it is not judged yet");
    }

    @Test
    void anActionWithoutAResultIsFoundByItsRequest() {
        CommandRun run = trace("act-8");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("event written inbox:/c.zip")
                .contains("request quarantine by rule rule")
                .contains("dead letter of worker: unacceptable request: why (weir.actions.inbox-0@9)")
                .contains("└─ no result yet");
    }

    @Test
    void jsonHasOneObjectForEachRecordWithItsParent() {
        CommandRun run = trace("act-1", "-o", "json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(TREE.length);
        assertThat(run.out().lines().findFirst().orElseThrow())
                .startsWith("{\"kind\":\"event\",\"level\":0,\"record\":\"weir.file-events-")
                .contains("\"id\":\"host-1:1:1\"")
                .doesNotContain("parent");
        assertThat(run.out().lines().skip(2).findFirst().orElseThrow())
                .startsWith("{\"kind\":\"request\",\"level\":2,\"parent\":\"weir.decisions-")
                .contains("\"correlationId\":\"host-1:1:1\",\"depth\":0,\"actionId\":\"act-1\"");
    }

    @Test
    void moreRecordsThanTheLimitAreCounted() {
        CommandRun run = trace(FIRST, "--limit", "2");

        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("the chain has 4 records more; --limit shows them");
    }

    @Test
    void whatIsNotThereIsSaidWithWhereWasLookedAndWhatIsKept() {
        CommandRun event = trace("host-1:1:99");
        assertThat(event.code()).isEqualTo(1);
        assertThat(event.out()).isEmpty();
        assertThat(event.err())
                .contains(
                        "event id='host-1:1:99' is not in weir.file-events: agent 'host-1' is there, but not this event")
                .contains("looked in weir.action-results, weir.actions, weir.actions.inbox, weir.aggregates,")
                .containsPattern("events are kept from \\d{4}-\\d\\d-\\d\\dT");
        assertThat(trace("host-2:1:1").err()).contains("unknown agent 'host-2'");
        assertThat(trace("act-99").err()).contains("id='act-99' is no action, and no record has it");
    }

    @Test
    void aRangeLeavesOutWhatLiesOutsideOfIt() {
        assertThat(trace(FIRST, "--since", "1h").code()).isZero();
        CommandRun before = trace(FIRST, "--until", "1h");
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.err()).contains("within --since and --until");
    }

    @Test
    void wrongArgumentsAreWrongUse() {
        assertThat(trace("/a.zip").code()).isEqualTo(2);
        assertThat(trace("inbox:/a.zip").err()).contains("expected the id of an event (agent:epoch:sequence)");
        assertThat(trace(FIRST, "--limit", "0").err()).contains("--limit: expected at least 1");
        assertThat(trace(FIRST, "--since", "1h", "--until", "2h").err()).contains("nothing lies between");
        assertThat(trace(FIRST, "--since", "yesterday").err()).contains("'yesterday' is not a moment");
        assertThat(trace(FIRST, "-o", "yaml").code()).isEqualTo(2);
    }
}
