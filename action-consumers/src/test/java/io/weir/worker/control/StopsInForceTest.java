package io.weir.worker.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.ControlState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopsInForceTest {
    private static ControlState state(String scope, boolean stopped, String by, String... releasers) {
        return ControlState.newBuilder()
                .setScope(scope)
                .setStopped(stopped)
                .setReason("since I say so")
                .setBy(by)
                .setAt(Instant.EPOCH)
                .setReleasers(List.of(releasers))
                .build();
    }

    @Test
    void aStopHoldsUntilItIsReleased() {
        StopsInForce stops = StopsInForce.NONE.with(state("volume/web", true, "anna"));
        assertThat(stops.holding("web", "r"))
                .contains("all-stop of volume/web by anna since 1970-01-01T00:00:00Z: since I say so"
                        + " ('weir resume --scope volume/web' releases it)");
        assertThat(stops.holding("db", "r")).isEmpty();
        assertThat(stops.with(state("all", false, "bob")).holding("web", "r")).isPresent();
        assertThat(stops.with(state("volume/web", false, "bob")).holding("web", "r"))
                .isEmpty();
    }

    @Test
    void eachOfSeveralStopsHoldsByItself() {
        StopsInForce stops = StopsInForce.NONE.with(state("all", true, "anna")).with(state("rule/r", true, "bob"));
        assertThat(stops.with(state("all", false, "anna")).holding("web", "r")).isPresent();
        assertThat(stops.with(state("all", false, "anna")).holding("web", "s")).isEmpty();
    }

    @Test
    void aReleaseByWhoeverMayNotIsNone() {
        StopsInForce stops = StopsInForce.NONE.with(state("all", true, "anna", "anna", "bob"));
        assertThatThrownBy(() -> stops.with(state("all", false, "mallory", "anna", "bob")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scope='all': 'mallory' may not release it; expected one of [anna, bob]");
        assertThat(stops.with(state("all", false, "bob", "anna", "bob")).holding("web", "r"))
                .isEmpty();
    }

    @Test
    void aReleaseWhoseStopIsNotKnownAnyMoreChangesNothing() {
        assertThat(StopsInForce.NONE.with(state("all", false, "bob", "bob"))).isEqualTo(StopsInForce.NONE);
    }
}
