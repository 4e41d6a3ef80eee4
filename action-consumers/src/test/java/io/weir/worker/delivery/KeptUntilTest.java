package io.weir.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.ActionResult;
import io.weir.schemas.AppliedEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptUntilTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final KeptUntil kept = new KeptUntil();

    private static ActionResult result(String volume, Map<String, String> facts) {
        return ActionResult.newBuilder()
                .setActionId("a")
                .setAttempt(1)
                .setOutcome("done")
                .setRule("r")
                .setAction("delete")
                .setVolume(volume)
                .setPath("/a")
                .setEventId("e")
                .setEffects(List.of(new AppliedEffect("move", "/a", "/q/a", facts, Map.of(), null, null, null, null)))
                .setWorker("w")
                .setStartedAt(NOON)
                .setFinishedAt(NOON)
                .build();
    }

    private List<Long> due(Instant now) {
        return kept.takeDue(now, volume -> volume.equals("v"), 10);
    }

    @Test
    void whatIsKeptForATimeIsDueOnceThatIsOver() {
        kept.put("a", 7, result("v", Map.of("until", NOON.toString())));
        kept.put("for-good", 8, result("v", Map.of("size", "1")));
        kept.put("of-another-worker", 9, result("w", Map.of("until", NOON.toString())));
        assertThat(due(NOON)).isEmpty();
        assertThat(due(NOON.plusSeconds(1))).containsExactly(7L);
        assertThat(kept.size()).isEqualTo(2);
    }

    @Test
    void whatWasAskedForIsAskedForAgainOnlyAfterAWhile() {
        kept.put("a", 7, result("v", Map.of("until", NOON.toString())));
        assertThat(due(NOON.plusSeconds(1))).containsExactly(7L);
        assertThat(due(NOON.plusSeconds(2))).isEmpty();
        assertThat(due(NOON.plus(Duration.ofMinutes(6)))).containsExactly(7L);
    }

    @Test
    void whatIsGoneOrWasPutThereAnewIsNotDueAsItWas() {
        kept.put("a", 7, result("v", Map.of("until", NOON.toString())));
        kept.put("b", 8, result("v", Map.of("until", NOON.toString())));
        kept.remove("a");
        kept.put("b", 9, result("v", Map.of("until", NOON.plusSeconds(60).toString())));
        assertThat(due(NOON.plusSeconds(1))).isEmpty();
        assertThat(due(NOON.plusSeconds(61))).containsExactly(9L);
    }

    @Test
    void ofMoreThanCanBeAskedForTheRestFollows() {
        for (int i = 0; i < 3; i++) {
            kept.put("a" + i, i, result("v", Map.of("until", NOON.toString())));
        }
        Instant now = NOON.plusSeconds(1);
        assertThat(kept.takeDue(now, volume -> true, 2)).containsExactly(0L, 1L);
        assertThat(kept.takeDue(now, volume -> true, 2)).containsExactly(2L);
    }
}
