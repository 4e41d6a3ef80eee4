package io.weir.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.TestCluster;
import io.weir.it.Weir;
import io.weir.it.faults.Change.Kind;
import io.weir.schemas.ActionRequest;
import io.weir.schemas.ActionResult;
import io.weir.schemas.Decision;
import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Holds what is in the topics and on the disk against what was done from outside: no event lost, no action done twice, no
 * loop, and each recorded decision as it follows from the log. To be asked when all is at rest.
 */
final class Promises {
    /**
     * Of a worker that is asked for what another has done, told, and not committed: the file is not there any more, or as it
     * would leave it, so that it touches nothing.
     */
    private static final List<String> ONCE_MORE = List.of("done", "not-the-same-file", "nothing-to-do");

    private final Installation installation;
    private final Path volume;
    private final List<Change> changes;
    private final List<ConsumerRecord<String, FileEvent>> events;
    private final List<ConsumerRecord<String, ActionRequest>> requests;
    private final List<ConsumerRecord<String, ActionResult>> results;

    /** @param changes all that were made */
    Promises(Installation installation, Path volume, List<Change> changes) {
        this.installation = installation;
        this.volume = volume;
        this.changes = changes;
        events = TestCluster.read(installation.connection(), Topics.FILE_EVENTS);
        requests = TestCluster.read(installation.connection(), Topics.actionsOf("v"));
        results = TestCluster.read(installation.connection(), Topics.ACTION_RESULTS);
    }

    /** Figures for people. */
    String figures() {
        long again = results.stream()
                .filter(record -> !record.value().getOutcome().equals("done"))
                .count();
        return again + " results of who was asked again, " + changes.size() + " changes, " + events.size()
                + " event records, " + requests.size() + " requests, " + results.size() + " results";
    }

    /** @throws AssertionError if one does not hold */
    void requireAll() throws IOException {
        requireNoEventLost();
        requireEachAskedForOnce();
        requireEachDoneOnce();
        requireFilesAsMeant();
        requireNothingGivenUp();
        requireAudited();
    }

    private void requireNoEventLost() {
        Map<String, TreeSet<Long>> numbers = new TreeMap<>();
        Map<String, Set<String>> told = new HashMap<>();
        for (ConsumerRecord<String, FileEvent> record : events) {
            FileEvent event = record.value();
            if (event.getType().equals("tick")) {
                continue;
            }
            numbers.computeIfAbsent(event.getAgent() + ":" + event.getEpoch(), a -> new TreeSet<>())
                    .add(event.getSequence());
            if (event.getHalf() == null && Causation.read(record.headers()).isEmpty()) {
                told.computeIfAbsent(event.getType() + " " + event.getPath(), p -> new HashSet<>())
                        .add(EventId.of(event).toString());
            }
        }
        numbers.forEach((agent, of) -> {
            assertThat(of.first()).as("first number of %s", agent).isEqualTo(1);
            assertThat((long) of.size())
                    .as("numbers of %s up to %d", agent, of.last())
                    .isEqualTo(of.last());
        });
        for (Change change : changes) {
            String event = change.kind().eventType() + " " + change.path();
            assertThat(told.getOrDefault(event, Set.of()))
                    .as("events '%s'", event)
                    .hasSize(1);
        }
    }

    private void requireEachAskedForOnce() {
        Map<String, List<String>> asked = new HashMap<>();
        for (ConsumerRecord<String, ActionRequest> record : requests) {
            ActionRequest request = record.value();
            asked.computeIfAbsent(request.getEvent().getPath(), p -> new ArrayList<>())
                    .add(request.getRule());
        }
        for (Change change : changes) {
            assertThat(asked.get(change.path()))
                    .as("rules that asked for an action for %s", change.path())
                    .containsExactly(change.kind().rule());
        }
        assertThat(requests).as("requests, none for what an action did").hasSameSizeAs(changes);
        long echoes = TestCluster.<Decision>read(installation.connection(), Topics.DECISIONS).stream()
                .filter(record -> record.value().getOutcome().equals("suppressed"))
                .count();
        assertThat(echoes).as("suppressed decisions").isGreaterThanOrEqualTo(changes.size() / 2);
    }

    private void requireEachDoneOnce() {
        Map<String, Set<String>> outcomes = new HashMap<>();
        results.forEach(record -> outcomes.computeIfAbsent(record.key(), id -> new TreeSet<>())
                .add(record.value().getOutcome()));
        requests.forEach(record -> assertThat(
                        outcomes.getOrDefault(record.value().getId(), Set.of()))
                .as("outcomes of the action for %s", record.value().getEvent().getPath())
                .contains("done")
                .isSubsetOf(ONCE_MORE));
        Map<String, Set<String>> moves = new HashMap<>();
        Map<String, Set<String>> modes = new HashMap<>();
        for (ConsumerRecord<String, FileEvent> record : events) {
            FileEvent event = record.value();
            if (event.getHalf() == null && Causation.read(record.headers()).isPresent()) {
                if (event.getType().equals("moved")) {
                    moves.computeIfAbsent(event.getPreviousPath() + " -> " + event.getPath(), p -> new HashSet<>())
                            .add(EventId.of(event).toString());
                } else if (event.getType().equals("attributes-changed")) {
                    modes.computeIfAbsent(event.getPath(), p -> new HashSet<>())
                            .add(EventId.of(event).toString());
                }
            }
        }
        for (Change change : changes) {
            if (change.kind() == Kind.LOCK) {
                assertThat(modes.getOrDefault(change.path(), Set.of()))
                        .as("changes of mode by actions of %s", change.path())
                        .hasSizeLessThanOrEqualTo(1);
            } else {
                String move = change.path() + " -> " + change.endsAt();
                assertThat(moves.getOrDefault(move, Set.of()))
                        .as("moves by actions %s", move)
                        .hasSize(1);
            }
        }
    }

    private void requireFilesAsMeant() throws IOException {
        for (Change change : changes) {
            Path file = volume.resolve(change.endsAt().substring(1));
            assertThat(file).as("what %s became", change.path()).exists();
            if (change.kind() != Kind.LOCK) {
                assertThat(Files.readString(file)).as("content of %s", file).isEqualTo(change.path());
            }
        }
    }

    private void requireNothingGivenUp() {
        for (String topic : List.of(Topics.DEAD_LETTERS, Topics.ALERTS)) {
            assertThat(TestCluster.<Object>read(installation.connection(), topic))
                    .as(topic)
                    .isEmpty();
        }
    }

    private void requireAudited() {
        Weir verify = installation.weir("audit", "verify");
        assertThat(verify.code()).as(verify.transcript()).isZero();
    }
}
