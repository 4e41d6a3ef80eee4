package io.weir.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.ActionRequest;
import io.weir.schemas.ControlState;
import io.weir.worker.HeldException;
import io.weir.worker.control.Control;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an all-stop holds back, at which point, and that nothing of it is lost. */
class StoppedActionsTest {
    @TempDir
    Path directory;

    @AutoClose
    private Bench bench;

    private final Brake brake = new Brake();

    /** Lets so many questions pass. */
    private static final class Brake implements Control {
        private int passes;
        private final List<ControlState> written = new ArrayList<>();

        @Override
        public Optional<String> holding(String volume, String rule) {
            return passes-- > 0 ? Optional.empty() : Optional.of("stopped: " + volume + " " + rule);
        }

        @Override
        public void stop(ControlState state) {
            written.add(state);
        }
    }

    @BeforeEach
    void open() throws Exception {
        bench = new Bench(directory).with(brake);
        bench.file("/a", "");
    }

    @Test
    void whatIsStoppedBeforehandLeavesNoTrace() throws Exception {
        assertThatThrownBy(() -> bench.run("chmod", Map.of("mode", "0604"), "/a"))
                .isInstanceOf(HeldException.class)
                .hasMessage("stopped: vol rule-1");
        assertThat(bench.marks()).isEmpty();
        assertThat(bench.status("/a").mode()).isNotEqualTo(0604);
    }

    @Test
    void itIsAskedImmediatelyBeforeEachChange() throws Exception {
        ActionRequest request = bench.request("rename", Map.of("to", "/x/y/a"), bench.event("/a"));
        brake.passes = 3; // The plan, and the steps that make /x and /x/y; not the move.
        assertThatThrownBy(() -> bench.run(request)).isInstanceOf(HeldException.class);
        assertThat(bench.exists("/x/y")).isTrue();
        assertThat(bench.exists("/a")).isTrue();

        brake.passes = 10;
        assertThat(bench.run(request).getOutcome()).isEqualTo("done");
        assertThat(bench.exists("/x/y/a")).isTrue();
    }

    @Test
    void theActionThatStopsIsNotHeldBack() throws Exception {
        var result = bench.run("all-stop", Map.of("scope", "volume", "reason", "{event.name} came"), "/a");
        assertThat(result.getOutcome()).isEqualTo("done");
        assertThat(result.getDetail()).isEqualTo("stopped volume/vol: a came");
        assertThat(brake.written).singleElement().satisfies(stop -> {
            assertThat(stop.getScope()).isEqualTo("volume/vol");
            assertThat(stop.getStopped()).isTrue();
            assertThat(stop.getBy()).isEqualTo("rule rule-1");
        });
        assertThat(bench.marks()).isEmpty();
    }

    @Test
    void eachActionOnFilesSaysWhatItWouldDo() throws Exception {
        for (var action : CrashTest.ACTIONS) {
            brake.passes = 10;
            var result = bench.run(bench.dryRun(action.name(), action.parameters(), bench.event("/a")));
            assertThat(result.getOutcome())
                    .as(action.name() + ": " + result.getDetail())
                    .isEqualTo("would-do");
            assertThat(result.getDetail()).isNotEmpty();
        }
        assertThat(bench.marks()).isEmpty();
    }

    @Test
    void aRequestThatIsOnlyToTellWhatItWouldDoTouchesNothing() throws Exception {
        brake.passes = 10;
        ActionRequest request = bench.dryRun("rename", Map.of("to", "/x/a"), bench.event("/a"));
        var result = bench.run(request);
        assertThat(result.getOutcome()).isEqualTo("would-do");
        assertThat(result.getDetail()).isEqualTo("make directory '/x'; move '/a' to '/x/a'");
        assertThat(result.getEffects())
                .extracting(effect -> effect.getKind() + " " + effect.getPath() + " " + effect.getTarget())
                .containsExactly("create /x null", "move /a /x/a");
        assertThat(bench.exists("/x")).isFalse();
        assertThat(bench.exists("/a")).isTrue();
        assertThat(bench.marks()).isEmpty();
    }
}
