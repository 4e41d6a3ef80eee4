package io.weir.filter.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.topic.RulesApply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class AppliedHashesTest {
    private final AppliedHashes hashes = new AppliedHashes();

    private void line(long offset, String key, SpecificRecord value) {
        hashes.on(new StateTopic.Line(offset, 0, key, new RecordHeaders(), Optional.of(value), Optional.empty()));
    }

    private void apply(String appliedDefinition, String foundDefinition, List<String> written) {
        line(
                0,
                "zips",
                Rule.newBuilder()
                        .setId("zips")
                        .setDefinition(foundDefinition)
                        .setApplyId("one")
                        .build());
        line(
                1,
                "#apply",
                Manifest.newBuilder()
                        .setApplyId("one")
                        .setWritten(written)
                        .setDeleted(List.of())
                        .setHash(RulesApply.hash(Map.of("zips", appliedDefinition), List.of()))
                        .setBaseOffset(0)
                        .setWrittenAt(Instant.EPOCH)
                        .build());
    }

    @Test
    void rulesThatAreWhatWasAppliedHaveNoFault() {
        apply("a", "a", List.of("zips"));
        assertThat(hashes.faults()).isEmpty();
    }

    @Test
    void aRuleThatWasEditedAfterwardsIsNamed() {
        apply("a", "b", List.of("zips"));
        assertThat(hashes.faults())
                .containsExactly(
                        "apply 'one' (weir.rules-0@1): rules [zips] are not what was applied: their hash is not"
                                + " that of the manifest");
    }

    @Test
    void whereRulesHaveBeenCompactedAwayNothingCanBeSaid() {
        apply("a", "b", List.of("zips", "gone"));
        assertThat(hashes.faults()).isEmpty();
    }
}
