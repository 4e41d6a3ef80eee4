package io.weir.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void barRateAndWhatIsLeft() {
        assertThat(ProgressLine.text("judging", 500, 1_000, 480, 4 * SECOND))
                .isEqualTo("judging [###############               ] 50 %, 120 records/s, 4 s left");
        assertThat(ProgressLine.text("judging", 10, 1_000, 10, 10 * SECOND)).endsWith("16 min left");
    }

    @Test
    void atTheBeginningNobodyKnowsHowLongItWillTake() {
        assertThat(ProgressLine.text("judging", 0, 1_000, 0, 2 * SECOND)).endsWith("0 %, 0 records/s");
        assertThat(ProgressLine.text("judging", 0, 0, 0, 2 * SECOND)).contains("100 %");
    }
}
