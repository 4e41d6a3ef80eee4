package io.weir.agent.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import io.weir.posix.PathText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every baseline keeps to. */
abstract class BaselineContract {
    abstract Baseline baseline();

    static FileStat stat(int inode, String kind) {
        return new FileStat("8:" + inode, kind, inode, 0644, 1, 2, 1, 10, 20, -1);
    }

    private static Place at(String path) {
        return new Place("vol", path);
    }

    @Test
    void anEntryComesBackAsItWasKept() {
        Baseline baseline = baseline();
        Entry added = baseline.add(at("/a/b/c"), stat(7, "file"), Flag.UNCLOSED);
        Entry changed = added.withContent(stat(9, "file")).with(Flag.SILENT).without(Flag.UNCLOSED);
        baseline.save(changed);
        assertThat(baseline.find(at("/a/b/c"))).contains(changed);
        assertThat(baseline.find(added.id())).contains(changed);
        assertThat(baseline.place(changed)).isEqualTo(at("/a/b/c"));
        assertThat(baseline.byFileId("8:9")).containsExactly(changed);
        assertThat(baseline.find(at("/a/b"))).hasValueSatisfying(implied -> {
            assertThat(implied.known()).isNull();
            assertThat(implied.is(Flag.IMPLIED)).isTrue();
        });
        assertThat(baseline.find(at("/a/x"))).isEmpty();
        assertThat(baseline.find(new Place("other", "/a/b/c"))).isEmpty();
    }

    @Test
    void aDirectoryMovesWithAllBelow() {
        Baseline baseline = baseline();
        Entry directory = baseline.add(at("/d"), stat(1, "directory"));
        Entry file = baseline.add(at("/d/e/f"), stat(2, "file"));
        baseline.find(at("/d/e/f"));
        baseline.move(directory, at("/x/y"));
        assertThat(baseline.place(baseline.find(file.id()).orElseThrow())).isEqualTo(at("/x/y/e/f"));
        assertThat(baseline.find(at("/d/e/f"))).isEmpty();
        assertThat(baseline.find(at("/x/y/e/f"))).isPresent();
        baseline.remove(baseline.find(at("/x")).orElseThrow());
        assertThat(baseline.find(file.id())).isEmpty();
        assertThat(baseline.find(at("/x/y/e/f"))).isEmpty();
    }

    @Test
    void namesAreBytes() {
        Baseline baseline = baseline();
        String name = PathText.decode(new byte[] {'/', 'c', (byte) 0xE9, '\n'});
        Entry entry = baseline.add(at(name), stat(3, "file"));
        assertThat(baseline.find(at(name))).contains(entry);
        assertThat(baseline.place(entry).path()).isEqualTo(name);
        assertThat(baseline.find(at("/c\uFFFD\n"))).isEmpty();
    }

    @Test
    void hardLinksAreEntriesOfTheirOwn() {
        Baseline baseline = baseline();
        baseline.add(at("/a"), stat(4, "file"));
        baseline.add(at("/b"), stat(4, "file"));
        assertThat(baseline.byFileId("8:4")).hasSize(2);
        long root = baseline.find(at("/")).orElseThrow().id();
        assertThat(baseline.children(root)).extracting(Entry::name).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void randomOperationsAgreeWithAMapOfPaths() {
        long seed = Long.getLong("weir.seed", 1L);
        Random random = new Random(seed);
        Baseline baseline = baseline();
        baseline.add(at("/"), stat(0, "directory"));
        Map<String, Integer> paths = new HashMap<>();
        for (int i = 1; i <= 3000; i++) {
            String path = path(random);
            if (random.nextInt(3) > 0 && !paths.containsKey(path) && parentIs(paths, path)) {
                baseline.add(at(path), stat(i, "directory"));
                paths.put(path, i);
            } else if (paths.containsKey(path)) {
                changed(random, baseline, paths, path);
            }
            String probe = path(random);
            assertThat(baseline.find(at(probe)).map(e -> known(e).fileId()))
                    .as("seed %d, step %d, %s", seed, i, probe)
                    .isEqualTo(Optional.ofNullable(paths.get(probe)).map(n -> "8:" + n));
        }
    }

    private static FileStat known(Entry entry) {
        return Objects.requireNonNull(entry.known());
    }

    private static void changed(Random random, Baseline baseline, Map<String, Integer> paths, String path) {
        Entry entry = baseline.find(at(path)).orElseThrow();
        String to = path(random);
        List<String> below = new ArrayList<>(paths.keySet());
        below.removeIf(p -> !p.equals(path) && !p.startsWith(path + "/"));
        if (random.nextBoolean()) {
            baseline.remove(entry);
            below.forEach(paths::remove);
        } else if (!paths.containsKey(to) && parentIs(paths, to) && !to.startsWith(path + "/")) {
            baseline.move(entry, at(to));
            below.forEach(p -> paths.put(to + p.substring(path.length()), paths.remove(p)));
        }
    }

    private static boolean parentIs(Map<String, Integer> paths, String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 || paths.containsKey(path.substring(0, slash));
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i <= random.nextInt(3); i++) {
            path.append('/').append((char) ('a' + random.nextInt(3)));
        }
        return path.toString();
    }
}
