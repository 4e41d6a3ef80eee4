package io.weir.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.spool.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeenEffectsStoreTest {
    private final Store store = Store.inMemory();
    private final SeenEffectsStore seen = new SeenEffectsStore(store);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anEffectIsSeenOnceUntilItsActionIsForgotten() {
        assertThat(seen.add("act", 1, "0 ARRIVAL")).isTrue();
        assertThat(seen.add("act", 1, "0 ARRIVAL")).isFalse();
        seen.note("act", 1, "note");
        seen.forget("act");
        assertThat(seen.contains("act", 1, "0 ARRIVAL")).isFalse();
        assertThat(seen.notes("act")).isEmpty();
    }

    @Test
    void whichAttemptsAreClosedOutlivesWhatWasSeenOfTheAction() {
        seen.close("act.1.begin", "one");
        seen.close("act.2.begin", "two");
        seen.forget("act");
        assertThat(seen.closed()).containsEntry("act.1.begin", "one").containsEntry("act.2.begin", "two");
        seen.forgetClosed("act.1.begin");
        assertThat(seen.closed()).containsOnlyKeys("act.2.begin");
    }
}
