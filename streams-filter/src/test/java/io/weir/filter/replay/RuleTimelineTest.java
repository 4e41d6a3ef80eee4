package io.weir.filter.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.filter.ActiveRules;
import io.weir.filter.RegisteredVolumes;
import io.weir.rules.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RuleTimelineTest {
    private static final TopicPartition PARTITION = new TopicPartition("weir.file-events", 1);

    private static InForce rules(long offset) {
        return new InForce(new ActiveRules(RuleSet.EMPTY, (event, matches) -> {}, offset), RegisteredVolumes.NONE);
    }

    @Test
    void aSetJudgesFromItsFirstRecordToTheOneBeforeTheNextSet() {
        RuleTimeline timeline = RuleTimeline.recorded(
                Map.of(PARTITION, new TreeMap<>(Map.of(10L, rules(3), 20L, rules(8)))), List.of());
        RuleTimeline.Cursor cursor = timeline.cursor(PARTITION);
        for (long offset = 0; offset < 30; offset++) {
            cursor.moveTo(offset);
            long expected = offset < 10 ? -1 : offset < 20 ? 3 : 8;
            assertThat(cursor.current().rules().offset()).as("at " + offset).isEqualTo(expected);
            assertThat(timeline.at(PARTITION, offset).rules().offset()).isEqualTo(expected);
        }
        cursor.moveTo(30);
        assertThat(timeline.at(new TopicPartition("weir.file-events", 0), 15)
                        .rules()
                        .offset())
                .isEqualTo(-1);
    }
}
