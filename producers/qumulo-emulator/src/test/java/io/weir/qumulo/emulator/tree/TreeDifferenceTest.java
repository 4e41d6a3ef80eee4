package io.weir.qumulo.emulator.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.qumulo.emulator.notify.Watchers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The comparison of states beside one that looks at every path. */
class TreeDifferenceTest {
    private static final long SEED = Long.getLong("weir.seed", 1);

    private final Random random = new Random(SEED);
    private final FileTree tree = new FileTree(Clock.systemUTC(), new Watchers(), () -> false);

    @Test
    void itIsThatOfTheWholeTrees() {
        for (int i = 0; i < 300; i++) {
            act();
        }
        for (int round = 0; round < 300; round++) {
            TreeState older = tree.state();
            int actions = random.nextInt(15);
            for (int i = 0; i < actions; i++) {
                act();
            }
            assertThat(TreeDifference.between(older, tree.state(), Inode.ROOT))
                    .as("seed %d, round %d", SEED, round)
                    .containsExactlyInAnyOrderElementsOf(naive(older, tree.state()));
        }
    }

    private void act() {
        String path = anyPath();
        String directory = anyDirectory();
        String name = "n" + random.nextInt(8);
        try {
            switch (random.nextInt(9)) {
                case 0, 1 -> tree.createFile(directory, name);
                case 2 -> tree.createDirectory(directory, name);
                case 3 -> tree.rename(path, directory, name, random.nextBoolean());
                case 4 -> tree.link(path, directory, name);
                case 5 -> tree.write(path, new byte[random.nextInt(3)]);
                case 6 -> tree.change(path, change -> change.mode(random.nextInt(512)));
                case 7 -> tree.delete(path);
                default -> tree.access(path);
            }
        } catch (FileSystemException e) {
            assertThat(e.error()).isNotNull();
        }
    }

    private String anyPath() {
        List<String> paths = new ArrayList<>(tree.state().paths().keySet());
        return paths.isEmpty() ? "/" : paths.get(random.nextInt(paths.size()));
    }

    private String anyDirectory() {
        List<String> directories = new ArrayList<>(tree.state().paths().keySet());
        directories.removeIf(path -> !path.endsWith("/"));
        directories.add("/");
        return directories.get(random.nextInt(directories.size()));
    }

    private static List<TreeChange> naive(TreeState older, TreeState newer) {
        Map<String, Inode> before = older.paths();
        Map<String, Inode> after = newer.paths();
        var changes = new ArrayList<TreeChange>();
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        var hidden = new ArrayList<String>();
        for (String path : paths) {
            if (hidden.stream().anyMatch(path::startsWith)) {
                continue;
            }
            Inode old = before.get(path);
            Inode now = after.get(path);
            if (old != null && now != null && old.id() == now.id()) {
                if (!old.looksLike(now)) {
                    changes.add(new TreeChange(TreeChange.Op.MODIFY, path));
                }
                continue;
            }
            if (old != null) {
                changes.add(new TreeChange(TreeChange.Op.DELETE, path));
            }
            if (now != null) {
                changes.add(new TreeChange(TreeChange.Op.CREATE, path));
            }
            if (path.endsWith("/")) {
                hidden.add(path);
            }
        }
        if (!older.get(Inode.ROOT).looksLike(newer.get(Inode.ROOT))) {
            changes.add(new TreeChange(TreeChange.Op.MODIFY, "/"));
        }
        return changes;
    }
}
