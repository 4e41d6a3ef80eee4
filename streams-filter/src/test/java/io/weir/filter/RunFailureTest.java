package io.weir.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class RunFailureTest {
    private static final TopicPartition PARTITION = new TopicPartition("weir.file-events", 3);

    @Test
    void lostEventsAreFatalAndSayWhere() {
        RunFailure failure = RunFailure.of(
                new StreamsException("no reset policy", new OffsetOutOfRangeException(Map.of(PARTITION, 1_200L))),
                "weir-filter");
        assertThat(failure.fatal()).isTrue();
        assertThat(failure.message())
                .startsWith(
                        "topic='weir.file-events', group='weir-filter': the next event to judge is gone from the log,"
                                + " at {weir.file-events-3=1200}; the filter stops")
                .contains("--reset-offsets --to-earliest --group weir-filter");
    }

    @Test
    void aLostPositionIsFatal() {
        RunFailure failure = RunFailure.of(new NoOffsetForPartitionException(PARTITION), "weir-filter");
        assertThat(failure.fatal()).isTrue();
        assertThat(failure.message()).contains("the position is lost of [weir.file-events-3]");
    }

    @Test
    void refusalIsFatalAndATimeOutIsNot() {
        assertThat(RunFailure.of(new TopicAuthorizationException("no"), "g").fatal())
                .isTrue();
        RunFailure timeOut = RunFailure.of(new StreamsException("outer", new TimeoutException("inner")), "g");
        assertThat(timeOut.fatal()).isFalse();
        assertThat(timeOut.message()).contains("outer").contains("because of").contains("inner");
    }
}
