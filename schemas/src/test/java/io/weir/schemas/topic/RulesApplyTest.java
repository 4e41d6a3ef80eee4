package io.weir.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RulesApplyTest {
    @Test
    void hashDoesNotDependOnTheOrder() {
        assertThat(RulesApply.hash(Map.of("a", "x", "b", "y"), List.of("c", "d")))
                .isEqualTo(RulesApply.hash(Map.of("b", "y", "a", "x"), List.of("d", "c")))
                .hasSize(64);
    }

    @Test
    void hashTellsWhereOneTextEndsAndTheNextBegins() {
        assertThat(RulesApply.hash(Map.of("ab", "c"), List.of()))
                .isNotEqualTo(RulesApply.hash(Map.of("a", "bc"), List.of()))
                .isNotEqualTo(RulesApply.hash(Map.of(), List.of("ab", "c")));
    }

    @Test
    void applyIdIsReadBackFromTheHeaders() {
        RecordHeaders headers = new RecordHeaders();
        assertThat(RulesApply.applyId(headers)).isEmpty();
        RulesApply.stamp(headers, "first");
        RulesApply.stamp(headers, "second");
        assertThat(RulesApply.applyId(headers)).contains("second");
        assertThat(headers.toArray()).hasSize(1);
    }

    @Test
    void deadLetterIsReadBackFromTheHeaders() {
        DeadLetter letter = new DeadLetter("filter", "no worker for volume", "volume='x'", "weir.actions.x", 3, 42);
        RecordHeaders headers = new RecordHeaders();
        assertThat(DeadLetter.read(headers)).isEmpty();
        letter.write(headers);
        assertThat(DeadLetter.read(headers)).contains(letter);
    }
}
