package io.weir.cli.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.RulesApply;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleHistoryTest {
    private final RuleHistory.Reading reading = new RuleHistory.Reading("a");

    @Test
    void historyWithoutHolesIsWhole() {
        take(0, "b", "apply-1", rule("b", "id: b\non: [created]\n"));
        take(1, Keys.APPLY, "apply-1", manifest("apply-1"));
        take(3, "a", "apply-2", rule("a", "id: a\non: [created]\n"));
        take(4, Keys.APPLY, "apply-2", manifest("apply-2"));

        RuleHistory history = reading.history();

        assertThat(history.isWhole()).isTrue();
        assertThat(history.change(0)).isEqualTo("created");
        assertThat(history.ids()).containsExactly("a", "b");
    }

    @Test
    void holesBeforeTheFirstVersionMayHaveBeenOlderOnes() {
        take(7, "a", "apply-2", rule("a", "id: a\non: [created]\n"));
        take(8, Keys.APPLY, "apply-2", manifest("apply-2"));
        take(10, "a", "apply-3", rule("a", "id: a\non: [deleted]\nmax-depth: 1\n"));

        RuleHistory history = reading.history();

        assertThat(history.isWhole()).isFalse();
        assertThat(history.change(0)).isEqualTo("oldest that is left");
        assertThat(history.change(1)).isEqualTo("changed: max-depth, on");
    }

    @Test
    void deletionHasAuthorAndReasonOfItsManifestIfThatIsLeft() {
        take(0, "a", "apply-1", null);
        take(1, Keys.APPLY, "apply-1", manifest("apply-1"));
        take(3, "a", "apply-2", null);

        List<RuleVersion> versions = reading.history().versions();

        assertThat(versions).extracting(RuleVersion::definition).containsOnly(Optional.empty());
        assertThat(versions.get(0).author()).isEqualTo("anna");
        assertThat(versions.get(0).comment()).isEqualTo("because");
        assertThat(versions.get(1).author()).isNull();
    }

    private void take(long offset, String key, String applyId, @Nullable SpecificRecord value) {
        ConsumerRecord<String, SpecificRecord> record = new ConsumerRecord<>(Topics.RULES, 0, offset, key, value);
        RulesApply.stamp(record.headers(), applyId);
        reading.take(record);
    }

    private static Rule rule(String id, String definition) {
        return Rule.newBuilder().setId(id).setDefinition(definition).build();
    }

    private static Manifest manifest(String applyId) {
        return Manifest.newBuilder()
                .setApplyId(applyId)
                .setWritten(List.of())
                .setDeleted(List.of())
                .setHash("")
                .setBaseOffset(0)
                .setAuthor("anna")
                .setComment("because")
                .setWrittenAt(Instant.EPOCH)
                .build();
    }
}
