package io.weir.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CausationTest {
    @Test
    void headersComeBackAndReplaceThoseThatWereThere() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("other", new byte[] {1});
        new Causation("old", "old", 9).write(headers);
        Causation causation = new Causation("action-1", "agent:1:7", 2);

        causation.write(headers);

        assertThat(Causation.read(headers)).contains(causation);
        assertThat(Causation.isPresent(headers)).isTrue();
        assertThat(headers.toArray())
                .extracting(h -> h.key())
                .containsExactly("other", "causation-id", "correlation-id", "causation-depth");
        assertThat(headers.lastHeader("causation-depth").value()).isEqualTo("2".getBytes(UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void anEventTellsByWhatItWasJudged(Causation.Evidence evidence) {
        RecordHeaders headers = new RecordHeaders();
        Causation causation = new Causation("action-1", "agent:1:7", 2).by(evidence);
        causation.write(headers);
        assertThat(headers.lastHeader("causation-evidence").value())
                .isEqualTo(evidence.word().getBytes(UTF_8));
        assertThat(Causation.read(headers)).contains(causation);

        new Causation("event-1", "agent:1:7", 2).write(headers);
        assertThat(headers.lastHeader("causation-evidence")).isNull();
    }

    @Test
    void theWordsOfEvidenceAreAClosedList() {
        assertThat(Causation.Evidence.values())
                .extracting(Causation.Evidence::word)
                .containsExactly("window", "scope", "mark-on-disk", "end-comparison");
    }

    @Test
    void withoutACausationIdThereIsNone() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("correlation-id", "x".getBytes(UTF_8));

        assertThat(Causation.read(headers)).isEmpty();
        assertThat(Causation.isPresent(headers)).isFalse();
    }

    @Test
    void whatOthersLeaveOutOrBreakIsTakenOnTheSafeSide() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("causation-id", "x".getBytes(UTF_8));
        assertThat(Causation.read(headers)).contains(new Causation("x", "x", 1));
        headers.add("causation-depth", "many".getBytes(UTF_8));
        assertThat(Causation.read(headers)).contains(new Causation("x", "x", 1));
        headers.add("causation-depth", "-3".getBytes(UTF_8));
        assertThat(Causation.read(headers)).contains(new Causation("x", "x", 0));
        headers.add("causation-evidence", "of a newer agent".getBytes(UTF_8));
        assertThat(Causation.read(headers)).contains(new Causation("x", "x", 0));
        headers.add("causation-depth", null);
        assertThat(Causation.read(headers)).contains(new Causation("x", "x", 1));
    }
}
