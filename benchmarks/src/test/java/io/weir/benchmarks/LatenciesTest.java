package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void percentilesAreValuesThatWereMeasured() {
        var latencies = new Latencies(
                LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1_000_000).toArray());
        assertThat(latencies.millisAt(0.5)).isEqualTo(100);
        assertThat(latencies.millisAt(0.99)).isEqualTo(198);
        assertThat(latencies.millisAt(1)).isEqualTo(200);
        assertThat(latencies).hasToString("p50 100.00  p90 180.00  p99 198.00  max 200.00 ms");
    }

    @Test
    void ofOneAndOfNone() {
        assertThat(new Latencies(new long[] {5_000_000}).millisAt(0.99)).isEqualTo(5);
        assertThat(new Latencies(new long[0]).millisAt(0.5)).isNaN();
    }
}
