package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepairBackOffTest {
    @Test
    void theFirstRepairBeginsAtOnceLaterOnesWaitLongerUpToAMinute() {
        RepairBackOff backOff = new RepairBackOff();
        long[] pauses = new long[10];
        for (int i = 0; i < pauses.length; i++) {
            pauses[i] = backOff.pauseMillis();
            backOff.repaired();
        }
        assertThat(pauses).containsExactly(0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000);
    }
}
