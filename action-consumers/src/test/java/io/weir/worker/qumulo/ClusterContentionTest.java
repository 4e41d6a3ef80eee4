package io.weir.worker.qumulo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.qumulo.emulator.tree.FileSystemException;
import io.weir.worker.ActionException;
import io.weir.worker.Step;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.VolumeFiles.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random steps, random answers lost, and a user who moves, writes and sets modes in the very moment before a change:
 * {@code -Dweir.seed=S -Dweir.rounds=N}.
 */
class ClusterContentionTest {
    private static final int FILES = 6;
    private static final int NAMES = 12;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("weir.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void noFileIsLostOrReplacedAndNoModeOfOthersOverwritten() throws Exception {
        System.out.println("seed " + seed);
        try (var cluster = new TestCluster(directory, "/")) {
            cluster.marks();
            for (int i = 0; i < FILES; i++) {
                cluster.user().write("/" + i, "file " + i);
            }
            Map<String, String> before = contents(cluster);
            ClusterFiles files = cluster.files();
            for (int round = 0; round < Integer.getInteger("weir.rounds", 400); round++) {
                round(cluster, files);
            }
            cluster.emulator.faults().clear();
            assertThat(contents(cluster)).isEqualTo(before);
            assertThat(cluster.staged()).isEmpty();
        }
    }

    private void round(TestCluster cluster, ClusterFiles files) throws Exception {
        Optional<Entry> found = files.find(name());
        if (found.isEmpty()) {
            return;
        }
        Entry file = found.get();
        int[] foreign = {-1};
        cluster.beforeChange(() -> {
            cluster.beforeChange(() -> {});
            foreign[0] = interfere(cluster, file);
            lose(cluster);
        });
        boolean moves = random.nextBoolean();
        Step step = moves
                ? files.move(file.path(), name(), file.fileId())
                : files.set(file, Map.of("mode", Entry.octal(random.nextInt(0777))));
        try {
            Optional<Step.Applied> unused = step.run();
        } catch (ActionException | IOException | UnableToWorkException e) {
            assertThat(e).hasMessageNotContaining("fault");
        }
        cluster.beforeChange(() -> {});
        if (foreign[0] >= 0) {
            assertThat(mode(cluster, file.fileId())).isEqualTo(foreign[0]);
        }
    }

    private String name() {
        return "/" + random.nextInt(NAMES);
    }

    /** Returns the mode that was set, or -1 if none was. */
    private int interfere(TestCluster cluster, Entry file) {
        int what = random.nextInt(4);
        if (what == 0) {
            int mode = random.nextInt(0777);
            cluster.emulator.tree().change(file.fileId(), change -> change.mode(mode));
            return mode;
        }
        try {
            if (what == 1) {
                cluster.user().move(name(), name());
            }
        } catch (FileSystemException e) {
            return -1; // Nothing there, or something in the way.
        }
        return -1;
    }

    private void lose(TestCluster cluster) {
        switch (random.nextInt(6)) {
            case 0 -> cluster.emulator.faults().loseAnswers(1);
            case 1 -> cluster.emulator.faults().loseRequests(1);
            default -> {}
        }
    }

    private static int mode(TestCluster cluster, String id) {
        return cluster.emulator
                .tree()
                .state()
                .find(id)
                .orElseThrow()
                .attributes()
                .mode();
    }

    /** By file id. */
    private static Map<String, String> contents(TestCluster cluster) {
        Map<String, String> contents = new HashMap<>();
        for (int i = 0; i < NAMES; i++) {
            String path = "/" + i;
            cluster.emulator
                    .tree()
                    .state()
                    .find(path)
                    .ifPresent(inode -> contents.put(
                            Long.toString(inode.id()), cluster.user().content(path)));
        }
        return contents;
    }
}
