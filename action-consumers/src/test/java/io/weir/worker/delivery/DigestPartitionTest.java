package io.weir.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.FileEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DigestPartitionTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant START = Instant.parse("2026-01-02T10:00:00Z");

    private DigestPartition partition = new DigestPartition(null);

    private boolean take(long offset, String rule, int minute) {
        ActionRequest request = ActionRequest.newBuilder()
                .setId("action-" + offset)
                .setRule(rule)
                .setRulesOffset(1)
                .setPosition(0)
                .setAction("email")
                .setParameters(Map.of("digest", "1h"))
                .setEvent(FileEvent.newBuilder()
                        .setType("created")
                        .setVolume("vol")
                        .setPath("/" + offset)
                        .setAgent("a")
                        .setEpoch(1)
                        .setSequence(offset)
                        .setObservedAt(START)
                        .setHost("h")
                        .build())
                .setEventPartition(0)
                .setEventOffset(offset)
                .setNotAfter(START.plus(Duration.ofDays(1)))
                .build();
        var record = new ConsumerRecord<byte[], byte[]>(
                "weir.digests",
                0,
                offset,
                START.plus(Duration.ofMinutes(minute)).toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
        return partition.take(record, request, HOUR);
    }

    private Digest over(int minute) {
        var over = partition.over(START.plus(Duration.ofMinutes(minute)));
        assertThat(over).hasSize(1);
        return over.get(0);
    }

    private long committable() {
        OffsetAndMetadata commit = partition.committable().orElseThrow();
        partition.committed(commit);
        return commit.offset();
    }

    @Test
    void theTimeBeginsWithTheFirstRequest() {
        take(5, "r", 10);
        take(6, "r", 69);
        assertThat(partition.over(START.plus(Duration.ofMinutes(69)))).isEmpty();
        Digest digest = over(70);
        assertThat(digest.first().getId()).isEqualTo("action-5");
        assertThat(digest.gathered().count()).isEqualTo(2);
        assertThat(digest.gathered().paths()).containsExactly("/5", "/6");
        assertThat(digest.gathered().from()).isEqualTo(START.plus(Duration.ofMinutes(10)));
    }

    @Test
    void ofManyOnlyTheFirstPathsAreKept() {
        for (int i = 0; i < 1_000; i++) {
            take(i, "r", 0);
        }
        assertThat(over(60).gathered().count()).isEqualTo(1_000);
        assertThat(over(60).gathered().paths()).hasSize(20).startsWith("/0").endsWith("/19");
    }

    @Test
    void aRequestAfterItsTimeWaitsUntilTheDigestBeforeItIsCarriedOut() {
        take(0, "r", 0);
        assertThat(take(1, "r", 60)).isFalse();
        Digest first = over(0);
        assertThat(first.isClosed()).isTrue();
        partition.done(first);
        assertThat(take(1, "r", 60)).isTrue();
        assertThat(over(120).first().getId()).isEqualTo("action-1");
    }

    @Test
    void theOffsetStaysWhereTheOldestDigestBegins() {
        take(3, "r", 0);
        assertThat(committable()).isEqualTo(3);
        take(4, "s", 1);
        take(5, "r", 2);
        assertThat(partition.committable()).isEmpty();
        partition.done(over(60));
        assertThat(committable()).isEqualTo(4);
        partition.done(over(61));
        assertThat(committable()).isEqualTo(6);
    }

    @Test
    void whatWasCarriedOutBeyondTheOffsetIsNotCarriedOutAgainByTheNextOwner() {
        take(3, "slow", 0);
        take(4, "r", 0);
        take(5, "r", 1);
        partition.done(partition.over(START.plus(HOUR)).get(1));
        OffsetAndMetadata commit = partition.committable().orElseThrow();
        assertThat(commit.offset()).isEqualTo(3);

        partition = new DigestPartition(commit);
        take(3, "slow", 0);
        take(4, "r", 0);
        take(5, "r", 1);
        assertThat(over(60).first().getRule()).isEqualTo("slow");
        take(6, "r", 61);
        assertThat(partition.over(START.plus(Duration.ofHours(3)))).hasSize(2);
        assertThat(partition.count()).isEqualTo(2);
    }

    @Test
    void otherParametersAreAnotherDigest() {
        take(0, "r", 0);
        take(1, "s", 0);
        assertThat(partition.over(START.plus(HOUR))).hasSize(2);
    }

    @Test
    void metadataStaysWithinWhatKafkaTakes() {
        SentDigests sent = new SentDigests();
        for (int i = 0; i < 1_000; i++) {
            sent.add(new DigestKey("r", String.format("%012d", i)), 1_000_000L + i);
        }
        String metadata = sent.metadata(5);
        assertThat(metadata.length()).isBetween(3_900, 4_000);
        SentDigests read = SentDigests.parse(metadata);
        assertThat(read.contains(new DigestKey("r", "000000000999"), 1_000_998)).isTrue();
        assertThat(read.contains(new DigestKey("r", "000000000999"), 1_000_999)).isFalse();
        assertThat(read.contains(new DigestKey("r", "000000000000"), 5)).isFalse();
        assertThat(sent.metadata(2_000_000)).isEmpty();
        assertThat(SentDigests.parse("somebody else's").metadata(0)).isEmpty();
    }
}
