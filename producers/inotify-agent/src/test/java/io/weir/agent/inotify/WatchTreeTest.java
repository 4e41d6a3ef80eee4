package io.weir.agent.inotify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatchTreeTest {
    private final WatchTree tree = new WatchTree();
    private final RootNode root = tree.addRoot(new WatchRoot("v", "/vol", Path.of("/host"), true));

    @Test
    void renamingADirectoryRenamesAllBelow() {
        DirectoryNode a = tree.add(root, "a");
        DirectoryNode below = tree.add(tree.add(a, "b"), "c");
        assertThat(tree.hostPath(below)).isEqualTo("/host/a/b/c");
        tree.relink(a, tree.add(root, "x"), "y");
        assertThat(tree.hostPath(below)).isEqualTo("/host/x/y/b/c");
        assertThat(tree.place(below, "f").path()).isEqualTo("/vol/x/y/b/c/f");
        assertThat(tree.child(root, "a")).isNull();
    }

    @Test
    void removingTakesAllBelowAndTheirWatches() {
        DirectoryNode a = tree.add(root, "a");
        tree.watch(a, 1);
        tree.watch(tree.add(a, "b"), 2);
        tree.watch(tree.add(a, "c"), 3);
        List<String> removed = new ArrayList<>();
        tree.remove(a, n -> removed.add(n.name));
        assertThat(removed).containsExactlyInAnyOrder("a", "b", "c").endsWith("a");
        assertThat(tree.size()).isZero();
        assertThat(tree.watchCount()).isZero();
        assertThat(tree.watched(2)).isNull();
    }

    /** Against a map of paths. */
    @Test
    void randomChangesKeepTreeAndWatchesConsistent() {
        long seed = Long.getLong("weir.seed", 3L);
        Random random = new Random(seed);
        Map<Integer, DirectoryNode> byWatch = new HashMap<>();
        List<DirectoryNode> nodes = new ArrayList<>();
        int watch = 0;
        for (int i = 0; i < 30_000; i++) {
            DirectoryNode parent =
                    nodes.isEmpty() || random.nextInt(9) == 0 ? root : nodes.get(random.nextInt(nodes.size()));
            if (random.nextInt(3) > 0) {
                DirectoryNode node = tree.add(parent, "n" + i);
                tree.watch(node, ++watch);
                byWatch.put(watch, node);
                nodes.add(node);
            } else if (parent != root && random.nextInt(20) == 0) {
                tree.remove(parent, n -> byWatch.remove(n.watch));
                nodes.removeIf(n -> n.removed);
            }
        }
        assertThat(tree.watchCount())
                .as("seed %d", seed)
                .isEqualTo(byWatch.size())
                .isEqualTo(tree.size());
        byWatch.forEach((w, node) -> {
            assertThat(tree.watched(w)).isSameAs(node);
            assertThat(tree.child(Objects.requireNonNull(node.parent), node.name))
                    .isSameAs(node);
        });
    }
}
