package io.weir.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.FileEvent;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CountedValuesTest {
    private final CountedValues values = new CountedValues(Duration.ofMinutes(1), 3);

    private void add(int sequence, int seconds, @Nullable String distinct) {
        FileEvent event = FileEvent.newBuilder(ChainSample.event(sequence, "written", "/a"))
                .setObservedAt(ChainSample.BEGIN.plusSeconds(seconds))
                .build();
        values.add(ChainSample.contribution(event, null, distinct));
    }

    @Test
    void eventsOutsideOfTheWindowAreNotCounted() {
        add(1, 0, null);
        add(2, 30, null);
        add(3, 60, null);

        assertThat(values.counted()).isEqualTo(new Counted(2, List.of("host-1:1:2", "host-1:1:3")));
    }

    @Test
    void aValueCountsOnceWithItsNewestEvent() {
        add(1, 1, "doc");
        add(2, 2, "pdf");
        add(3, 3, "doc");

        assertThat(values.counted()).isEqualTo(new Counted(2, List.of("host-1:1:2", "host-1:1:3")));
    }

    @Test
    void ofMoreThanTheRuleCountsToTheNewestAreTheOnes() {
        IntStream.rangeClosed(1, 50).forEach(i -> add(i, i / 2, null));

        assertThat(values.counted()).isEqualTo(new Counted(3, List.of("host-1:1:48", "host-1:1:49", "host-1:1:50")));
    }
}
