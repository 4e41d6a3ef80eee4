package io.weir.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.worker.qumulo.ClusterPremises;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** {@link CrashContract} of a volume on a cluster. */
class ClusterCrashTest extends CrashContract {
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
}
