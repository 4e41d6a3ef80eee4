package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.Observation.ScanReason;
import io.weir.schemas.marks.Effect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file is gone that an action was to move or delete; that it was the action, its worker has to confirm. */
class UnconfirmedDepartureTest {
    private final Bench bench = new Bench();
    private Effect move = new Effect.Delete("/none", null);

    @BeforeEach
    void aFile() {
        bench.files.mkdir("/out");
        bench.files.drop("/a", 1);
        bench.start().drain().news();
        String file = bench.files.stat(bench.files.place("/a")).orElseThrow().fileId();
        move = new Effect.Move("/a", "/elsewhere/a", file);
    }

    /** Somebody deletes it while the agent is down, and then an action begins that was to move it. */
    private void isGoneWhileAnActionIsUnderWay() {
        bench.kill();
        bench.files.delete("/a");
        bench.marks.begin("act", 1, "w", move);
        assertThat(bench.start().drain().news()).contains("deleted /a?*");
    }

    @Test
    void ifTheActionDidNotDoItSomebodyElseDid() {
        isGoneWhileAnActionIsUnderWay();
        bench.marks.end("act", 1);
        assertThat(bench.drain().news()).containsExactly("deleted /a?");
        assertThat(bench.files.marks()).isEmpty();
    }

    @Test
    void soItIsThoughTheAgentWasKilledMeanwhile() {
        isGoneWhileAnActionIsUnderWay();
        bench.kill();
        bench.start().drain().news();
        bench.marks.end("act", 1);
        assertThat(bench.drain().news()).containsExactly("deleted /a?");
    }

    @Test
    void ifTheActionDidItNothingIsToldAgain() {
        isGoneWhileAnActionIsUnderWay();
        bench.marks.end("act", 1, move);
        assertThat(bench.drain().news()).isEmpty();
    }

    @Test
    void ofADeadAttemptItIsHeldAgainstWhereTheFileIs() {
        isGoneWhileAnActionIsUnderWay();
        bench.dead.add("w");
        bench.flow.endForTheDead();
        assertThat(bench.drain().news()).containsExactly("deleted /a?");
    }

    @Test
    void anotherAttemptThatFindsItDoneConfirmsIt() {
        isGoneWhileAnActionIsUnderWay();
        bench.marks.begin("act", 2, "other", move);
        bench.dead.add("w");
        bench.flow.endForTheDead();
        bench.drain();
        bench.marks.end("act", 2, move);
        assertThat(bench.drain().news()).isEmpty();
    }

    @Test
    void anActionThatHasSaidThatItDidNotExplainsNothing() {
        bench.marks.begin("act", 1, "w", move);
        bench.marks.begin("act", 2, "other", move);
        bench.marks.end("act", 1);
        bench.marks.end("act", 2);
        bench.marks.begin("act", 3, "third");
        bench.drain();
        bench.files.delete("/a");
        bench.files.overflow();
        assertThat(bench.scan(ScanReason.REPAIR).news()).containsExactly("deleted /a?");
    }
}
