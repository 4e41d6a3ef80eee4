package io.weir.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.ActionRequest;
import io.weir.worker.qumulo.ClusterPremises;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link CrashContract} of a volume on a cluster, and deaths in the midst of its steps. */
class ClusterCrashTest extends CrashContract {
    @SuppressWarnings("NullAway.Init") // made with the bench
    private ClusterPremises cluster;

    @Override
    Premises premises(Path base) throws IOException {
        cluster = new ClusterPremises(base.resolve("cluster"), "/export/vol");
        return cluster;
    }

    @AfterEach
    void nothingIsLeftInTheStagingDirectory() {
        assertThat(cluster.staged()).isEmpty();
        cluster.close();
    }

    static Stream<FileAction> actions() {
        return ACTIONS.stream();
    }

    @ParameterizedTest
    @MethodSource("actions")
    void theEffectIsThereOnceBeforeWhicheverChangeTheProcessDies(FileAction action) throws Exception {
        for (int nth = 1; diesBefore(action, nth); nth++) {
            nothingIsLeftInTheStagingDirectory();
            close();
            bench = new Bench(directory.resolve("after-" + nth), premises(directory.resolve("after-" + nth)));
            bench.premises().write("/there/a", "taken");
        }
    }

    /** Whether the action makes as many changes. */
    private boolean diesBefore(FileAction action, int nth) throws Exception {
        bench.premises().write("/in/a", "content");
        ActionRequest request = bench.request(action.name(), action.parameters(), bench.event("/in/a"));
        int[] changes = {0};
        cluster.cluster().beforeChange(() -> {
            if (++changes[0] == nth) {
                throw new Bench.Killed("change " + nth);
            }
        });
        boolean died = false;
        try {
            bench.run(request);
        } catch (Bench.Killed e) {
            died = true;
        }
        cluster.cluster().beforeChange(() -> {});

        assertThat(bench.restart().run(request).getOutcome())
                .as("change %s", nth)
                .isEqualTo("done");
        assertEffect(action, request);
        return died;
    }
}
