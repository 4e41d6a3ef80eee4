package io.weir.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TimeMergeTest {
    private static final TopicPartition A = new TopicPartition("t", 0);
    private static final TopicPartition B = new TopicPartition("t", 1);

    private final TimeMerge merge = new TimeMerge(List.of(A, B), 3);

    @Test
    void nothingIsGivenWhileAPartitionMayHaveSomethingEarlier() {
        merge.add(record(A, 0, 5));
        assertThat(times()).isEmpty();
        merge.add(record(B, 0, 3));
        assertThat(times()).containsExactly(3L);
        merge.ended(B);
        assertThat(times()).containsExactly(5L);
    }

    @Test
    void aPartitionThatEndedHoldsNothingUp() {
        merge.ended(B);
        merge.add(record(A, 0, 1));
        merge.add(record(A, 1, 2));
        assertThat(times()).containsExactly(1L, 2L);
    }

    @Test
    void withinAPartitionTheOrderStaysWhateverTheTimes() {
        merge.ended(B);
        merge.add(record(A, 0, 9));
        merge.add(record(A, 1, 2));
        assertThat(times()).containsExactly(9L, 2L);
    }

    @Test
    void aPartitionThatIsFarAheadIsFull() {
        for (int i = 0; i < 3; i++) {
            merge.add(record(A, i, i));
        }
        assertThat(merge.full()).containsExactly(A);
        merge.add(record(B, 0, 9));
        assertThat(times()).containsExactly(0L, 1L, 2L);
        assertThat(merge.full()).isEmpty();
    }

    @Test
    void whateverOrderTheyAreReadInTheyAreSortedInTheEnd() {
        Random random = new Random(7);
        List<Long> all = new ArrayList<>();
        List<Long> given = new ArrayList<>();
        long[] next = new long[2];
        for (int i = 0; i < 1_000; i++) {
            int partition = random.nextInt(2);
            next[partition] += random.nextInt(5);
            all.add(next[partition]);
            merge.add(record(partition == 0 ? A : B, i, next[partition]));
            given.addAll(times());
        }
        merge.ended(A);
        merge.ended(B);
        given.addAll(times());
        assertThat(given).isEqualTo(all.stream().sorted().toList());
    }

    private List<Long> times() {
        return merge.ready().stream().map(ConsumerRecord::timestamp).toList();
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, long time) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                time,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
