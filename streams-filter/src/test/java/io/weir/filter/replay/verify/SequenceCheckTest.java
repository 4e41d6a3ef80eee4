package io.weir.filter.replay.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.PartitionWindow;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Gap;
import io.weir.schemas.topic.EventId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SequenceCheckTest {
    private final Findings findings = new Findings(10);

    private static LogWindow window(long oldest, long oldestMillis) {
        PartitionWindow partition =
                new PartitionWindow(new TopicPartition("weir.file-events", 0), oldest, oldest, 100, oldestMillis);
        return new LogWindow("weir.file-events", new TreeMap<>(Map.of(0, partition)));
    }

    private static SequenceCheck check(LogWindow window) {
        return new SequenceCheck(window, Instant.MIN, Instant.ofEpochSecond(1_000));
    }

    private static void numbers(SequenceCheck check, long... numbers) {
        check.numbers("nas", 1, numbers, numbers.length);
    }

    private static FileEvent event(long number) {
        return FileEvent.newBuilder()
                .setType("created")
                .setVolume("v")
                .setPath("/p")
                .setAgent("nas")
                .setEpoch(1)
                .setSequence(number)
                .setObservedAt(Instant.ofEpochSecond(number))
                .setHost("h")
                .build();
    }

    /** Event n is of second n, on both clocks. */
    private long report(SequenceCheck check) {
        Map<EventId, SequenceCheck.Neighbour> found = new HashMap<>();
        for (EventId id : check.neighbours()) {
            if (id.sequence() > 0) {
                found.put(
                        id,
                        new SequenceCheck.Neighbour(
                                event(id.sequence()),
                                Instant.ofEpochSecond(id.sequence()),
                                "weir.file-events-0@" + id.sequence()));
            }
        }
        return check.report(found, findings);
    }

    @Test
    void aHoleIsNamedWithWhatLiesBesideIt() {
        SequenceCheck check = check(window(0, 0));
        numbers(check, 1, 2, 5);
        assertThat(report(check)).isZero();
        Finding finding = findings.shown().get(0);
        assertThat(finding.kind()).isEqualTo(Finding.Kind.HOLE);
        assertThat(finding.what())
                .contains(
                        "nas:1: numbers 3 to 4 are missing", "before: nas:1:2 (weir.file-events-0@2", "after: nas:1:5");
    }

    @Test
    void numbersBeginWithOneWhereNothingHasBeenDeleted() {
        SequenceCheck check = check(window(0, 0));
        numbers(check, 2, 3);
        report(check);
        assertThat(findings.shown()).hasSize(1);
        assertThat(findings.shown().get(0).what()).contains("number 1 is missing");
    }

    @Test
    void aGapOfTheAgentExplainsIt() {
        SequenceCheck check = check(window(0, 0));
        numbers(check, 1, 2, 5);
        FileEvent gap = FileEvent.newBuilder(event(5))
                .setType("gap")
                .setGap(new Gap("spool-full", "", Instant.ofEpochSecond(3), Instant.ofEpochSecond(4)))
                .build();
        check.gap(gap);
        report(check);
        assertThat(findings.isEmpty()).isTrue();
    }

    @Test
    void holesAtTheBeginningOfWhatIsKeptAreNoFindings() {
        SequenceCheck check = check(window(7, 20_000));
        numbers(check, 10, 12, 15, 30, 32);
        report(check);
        assertThat(findings.shown()).hasSize(2);
        assertThat(findings.shown()).allMatch(finding -> finding.what().contains("3"));
        assertThat(findings.shown().get(0).what()).contains("numbers 16 to 29");
    }

    @Test
    void whatMayStillBeOnItsWayIsOnlyCounted() {
        SequenceCheck check = check(window(0, 0));
        numbers(check, LongStream.rangeClosed(1, 1_001).filter(n -> n != 1_000).toArray());
        assertThat(report(check)).isEqualTo(1);
        assertThat(findings.isEmpty()).isTrue();
    }
}
