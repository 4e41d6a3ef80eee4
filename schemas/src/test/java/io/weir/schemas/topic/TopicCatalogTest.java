package io.weir.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.registry.Compatibility;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class TopicCatalogTest {
    private static final String DAY = "86400000";
    private final TopicCatalog catalog = new TopicCatalog();

    @Test
    void topicsOfEventsHaveThePartitionsAndTopicsOfStateHaveOne() {
        Map<String, Integer> partitions = catalog.all(TopicSettings.cluster()).stream()
                .collect(Collectors.toMap(TopicSpec::name, TopicSpec::partitions));

        assertThat(partitions)
                .containsOnly(
                        Map.entry("weir.file-events", 48),
                        Map.entry("weir.actions", 48),
                        Map.entry("weir.digests", 48),
                        Map.entry("weir.action-results", 48),
                        Map.entry("weir.decisions", 48),
                        Map.entry("weir.aggregates", 48),
                        Map.entry("weir.rules", 1),
                        Map.entry("weir.rules-in-force", 1),
                        Map.entry("weir.volumes", 1),
                        Map.entry("weir.rule-status", 1),
                        Map.entry("weir.quarantine", 1),
                        Map.entry("weir.alerts", 1),
                        Map.entry("weir.components", 1),
                        Map.entry("weir.control", 1),
                        Map.entry("weir.dead-letters", 1));
        assertThat(spec("weir.file-events", TopicSettings.embedded()).partitions())
                .isEqualTo(4);
    }

    @Test
    void recordTimeIsLogTimeEverywhere() {
        for (TopicSpec spec : catalog.all(TopicSettings.embedded())) {
            assertThat(spec.configs()).as(spec.name()).containsEntry("message.timestamp.type", "LogAppendTime");
            assertThat(spec.configs()).as(spec.name()).containsEntry("segment.ms", DAY);
        }
    }

    @Test
    void theFiltersStateIsTakenWhateverItsClockSays() {
        assertThat(catalog.filterState(TopicSettings.embedded())).isNotEmpty().allSatisfy(spec -> assertThat(
                        spec.configs())
                .as(spec.name())
                .containsEntry("message.timestamp.type", "CreateTime")
                .containsEntry("message.timestamp.after.max.ms", "9223372036854775807"));
    }

    @Test
    void rulesAreNotCompactedWithinTheAuditWindow() {
        TopicSettings week = TopicSettings.embedded().withAuditWindow(Duration.ofDays(7));

        for (String name : List.of("weir.rules", "weir.rules-in-force", "weir.volumes", "weir.control")) {
            assertThat(spec(name, week).configs())
                    .as(name)
                    .containsEntry("cleanup.policy", "compact")
                    .containsEntry("min.compaction.lag.ms", Long.toString(9 * Long.parseLong(DAY)))
                    .containsEntry("delete.retention.ms", Long.toString(7 * Long.parseLong(DAY)));
        }
        assertThat(spec("weir.rule-status", week).configs())
                .containsEntry("cleanup.policy", "compact")
                .doesNotContainKey("min.compaction.lag.ms");
        for (String name : List.of("weir.file-events", "weir.alerts")) {
            assertThat(spec(name, week).configs())
                    .as(name)
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry("retention.ms", Long.toString(7 * Long.parseLong(DAY)));
        }
    }

    @Test
    void componentsAreReadQuicklyAndKeepAllOfTheLastMinutes() {
        assertThat(spec("weir.components", TopicSettings.cluster()).configs())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("segment.bytes", "16777216")
                .containsEntry("min.compaction.lag.ms", "120000");
    }

    @Test
    void whatCrossesVersionsBothWaysIsFullyCompatible() {
        Map<String, Compatibility> levels = catalog.all(TopicSettings.embedded()).stream()
                .collect(Collectors.toMap(TopicSpec::name, TopicSpec::compatibility));

        assertThat(levels)
                .containsEntry("weir.file-events", Compatibility.FULL_TRANSITIVE)
                .containsEntry("weir.actions", Compatibility.FULL_TRANSITIVE)
                .containsEntry("weir.action-results", Compatibility.FULL_TRANSITIVE)
                .containsEntry("weir.rules", Compatibility.BACKWARD_TRANSITIVE)
                .containsEntry("weir.decisions", Compatibility.BACKWARD_TRANSITIVE);
        assertThat(catalog.actionsOf("web1", TopicSettings.embedded()).compatibility())
                .isEqualTo(Compatibility.FULL_TRANSITIVE);
    }

    @Test
    void everyTopicButTheDeadLettersHasOneTypeWithoutHintsForJava() {
        for (TopicSpec spec : catalog.all(TopicSettings.embedded())) {
            assertThat(spec.valueSchema().isPresent()).isEqualTo(!spec.name().equals("weir.dead-letters"));
            assertThat(spec.valueSchema().map(Schema::toString).orElse(""))
                    .as(spec.name())
                    .doesNotContain("avro.java");
        }
        assertThat(TopicCatalog.schemaOf("weir.rules").orElseThrow().getTypes())
                .extracting(Schema::getFullName)
                .containsExactly("io.weir.schemas.Rule", "io.weir.schemas.Manifest");
        assertThat(TopicCatalog.schemaOf("weir.actions.web1")).isEqualTo(TopicCatalog.schemaOf("weir.actions"));
        assertThat(TopicCatalog.schemaOf("somebody-elses")).isEmpty();
    }

    @Test
    void threeCopiesNeedTwoToAgree() {
        assertThat(spec("weir.rules", TopicSettings.cluster()).configs()).containsEntry("min.insync.replicas", "2");
        assertThat(spec("weir.rules", TopicSettings.embedded()).configs()).containsEntry("min.insync.replicas", "1");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> TopicSettings.embedded().withPartitions(0))
                .hasMessage("partitions='0': expected 1 or more");
        assertThatThrownBy(() -> TopicSettings.embedded().withReplicationFactor(0))
                .hasMessage("replication factor='0': expected 1 or more");
        assertThatThrownBy(() -> TopicSettings.embedded().withAuditWindow(Duration.ZERO))
                .hasMessageStartingWith("audit window='PT0S': expected more than nothing");
    }

    private TopicSpec spec(String name, TopicSettings settings) {
        return catalog.all(settings).stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
