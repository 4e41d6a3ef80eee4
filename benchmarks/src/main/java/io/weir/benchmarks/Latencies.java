package io.weir.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Measured times in nanoseconds, sorted. */
public final class Latencies {
    private final long[] nanos;

    public Latencies(long[] nanos) {
        this.nanos = nanos.clone();
        Arrays.sort(this.nanos);
    }

    public int count() {
        return nanos.length;
    }

    /** The smallest value that at least this share of all does not exceed, in milliseconds; NaN of none. */
    public double millisAt(double share) {
        if (nanos.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * nanos.length);
        return nanos[Math.max(0, rank - 1)] / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.2f  p90 %.2f  p99 %.2f  max %.2f ms",
                millisAt(0.5),
                millisAt(0.9),
                millisAt(0.99),
                millisAt(1));
    }
}
