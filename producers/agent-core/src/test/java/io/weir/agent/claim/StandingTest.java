package io.weir.agent.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StandingTest {
    @Test
    void whoHasWaitedForTheAnswerSeesAtOnceThatItIsHeld() {
        Standing standing = new Standing();
        CompletableFuture<Boolean> seen =
                standing.answered().thenApply(nothing -> standing.held().isDone());
        standing.holds();
        assertThat(seen).isCompletedWithValue(true);
    }
}
