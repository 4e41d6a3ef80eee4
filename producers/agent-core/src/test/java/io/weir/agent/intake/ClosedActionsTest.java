package io.weir.agent.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.marks.Effect;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one process has closed and let go, the next does not take for new, though the marks are still on disk. */
class ClosedActionsTest {
    private final Bench bench = new Bench();

    @BeforeEach
    void someFiles() {
        bench.files.mkdir("/d");
        bench.files.drop("/d/a", 1);
        bench.files.drop("/d/b", 1);
        bench.files.mkdir("/out");
        bench.start().drain().pass(1000).news();
    }

    private String id(String path) {
        return bench.files.stat(bench.files.place(path)).orElseThrow().fileId();
    }

    /** Tells the agent everything that is queued; that is in the store then, and no mark is deleted yet. */
    private void isCommitted() {
        while (!bench.files.isQuiet()) {
            bench.intake.take(bench.files.take().orElseThrow(), 0);
        }
        bench.news();
    }

    @Test
    void whatAnActionDidIsNotLookedForOnceMore() {
        Effect first = new Effect.Move("/d/a", "/out/a", id("/d/a"));
        Effect second = new Effect.Move("/out/a", "/out/b", id("/d/a"));
        bench.marks.begin("one", 1, "w", first);
        bench.files.move("/d/a", "/out/a");
        bench.marks.end("one", 1, first);
        bench.marks.begin("two", 1, "w", second);
        bench.files.move("/out/a", "/out/b");
        isCommitted();
        bench.kill();
        assertThat(bench.start().news()).containsExactly("gap / agent-stopped over");
        bench.marks.end("two", 1, second);
        assertThat(bench.drain().news()).isEmpty();
        assertThat(bench.files.marks()).isEmpty();
    }

    @Test
    void marksOfWhatWasLetGoAreDeletedByTheNextProcess() {
        Effect mode = new Effect.SetFields("/d/a", id("/d/a"), Map.of("mode", "0600"), false);
        bench.marks.begin("act", 1, "w", mode);
        bench.files.chmod("/d/a", 0600);
        bench.marks.end("act", 1, mode);
        isCommitted();
        bench.kill();
        assertThat(bench.files.marks()).containsOnlyKeys("act.1.begin", "act.1.end");
        bench.start();
        assertThat(bench.files.marks()).isEmpty();
        assertThat(bench.leavesNothingSeen()).isTrue();
    }

    @Test
    void anAttemptThatWasGivenTheSameNameSinceIsAnother() {
        Effect mode = new Effect.SetFields("/d/a", id("/d/a"), Map.of("mode", "0600"), false);
        bench.marks.begin("act", 1, "w", mode);
        bench.files.chmod("/d/a", 0600);
        bench.marks.end("act", 1, mode);
        isCommitted();
        bench.files.marks().clear();
        bench.marks.begin("act", 1, "other", mode);
        bench.kill();
        bench.files.chmod("/d/a", 0600);
        bench.files.chown("/d/a", 5, 5);
        bench.files.chmod("/d/b", 0600);
        bench.start();
        assertThat(bench.files.marks()).containsKey("act.1.begin");
        bench.marks.end("act", 1, mode);
        assertThat(bench.drain().news())
                .containsExactly("gap / agent-stopped over", "attributes-changed /d/a?", "attributes-changed /d/b?");
        assertThat(bench.files.marks()).isEmpty();
        assertThat(bench.leavesNothingSeen()).isTrue();
    }

    @Test
    void anActionThatWasComparedIsNotComparedAgain() {
        String a = id("/d/a");
        String b = id("/d/b");
        Effect[] both = {
            new Effect.SetFields("/d/a", a, Map.of("mode", "0640"), false),
            new Effect.SetFields("/d/b", b, Map.of("mode", "0640"), false)
        };
        Effect later = new Effect.SetFields("/d/a", a, Map.of("mode", "0600"), false);
        Effect beside = new Effect.SetFields("/d/b", b, Map.of("mode", "0640"), false);
        bench.marks.begin("both", 1, "w", both);
        bench.files.chmod("/d/a", 0640);
        bench.files.chmod("/d/b", 0640);
        bench.marks.begin("beside", 1, "w", beside);
        bench.marks.begin("later", 1, "w", later);
        bench.files.chmod("/d/a", 0600);
        bench.marks.end("later", 1, later);
        bench.marks.end("both", 1, both);
        assertThat(bench.drain().news()).allMatch(line -> line.endsWith("*"));
        assertThat(bench.files.marks()).containsOnlyKeys("both.1.begin", "both.1.end", "beside.1.begin");
        bench.kill();
        assertThat(bench.start().drain().news()).containsExactly("gap / agent-stopped over");
        bench.marks.end("beside", 1, beside);
        assertThat(bench.drain().news()).isEmpty();
        assertThat(bench.files.marks()).isEmpty();
        assertThat(bench.leavesNothingSeen()).isTrue();
    }

    @Test
    void itStillExplainsWhatAnotherFindsThatBeganBesideIt() {
        Effect one = new Effect.SetFields("/d/a", id("/d/a"), Map.of("mode", "0640"), false);
        Effect other = new Effect.SetFields("/d/a", id("/d/a"), Map.of("mode", "0600"), false);
        bench.marks.begin("one", 1, "w", one);
        bench.marks.begin("other", 1, "w", other);
        bench.files.chmod("/d/a", 0600);
        bench.files.chmod("/d/a", 0640);
        bench.marks.end("one", 1, one);
        bench.drain().news();
        bench.kill();
        bench.start().drain().news();
        bench.marks.end("other", 1, other);
        assertThat(bench.drain().news()).isEmpty();
        assertThat(bench.files.marks()).isEmpty();
    }
}
