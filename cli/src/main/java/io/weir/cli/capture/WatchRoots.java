package io.weir.cli.capture;

import io.weir.agent.inotify.WatchRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which directories have to be watched, and which of their entries, so that all paths that are named are seen.
 *
 * <p>Of a path in a watch list nobody knows what it will be, and when: it may be absent, a file, a directory, and each in
 * turn. So it is awaited as a directory, and besides its name is watched in the directory that it is in: that shows it as a
 * file, and tells at once when a directory appears.
 */
final class WatchRoots {
    private final VolumeMap volumes;
    private final boolean recursive;
    private final List<WatchRoot> directories = new ArrayList<>();
    private final Map<Path, Set<String>> names = new TreeMap<>();
    private final Set<Path> required = new TreeSet<>();

    WatchRoots(VolumeMap volumes, boolean recursive) {
        this.volumes = volumes;
        this.recursive = recursive;
    }

    /** Paths that are there: directories, and single files. */
    void add(List<Path> named) {
        named.stream().filter(Files::isDirectory).forEach(path -> directories.add(volumes.root(path, recursive)));
        named.stream().filter(path -> !Files.isDirectory(path)).forEach(path -> {
            addName(path);
            required.add(WatchablePath.directoryOf(path));
        });
    }

    /** Paths that may come and go. */
    void await(List<Path> listed) {
        // what is above comes first, as it may show what is below
        listed.stream()
                .sorted(Comparator.comparingInt(Path::getNameCount).thenComparing(Comparator.naturalOrder()))
                .forEach(this::await);
    }

    private void await(Path path) {
        if (directories.stream().anyMatch(root -> root.directory().equals(path) || contains(root, path))) {
            return;
        }
        Path directory = WatchablePath.directoryOf(path);
        directories.add(volumes.root(path, recursive).whenThere());
        boolean namesCanBeWatched = Files.isReadable(directory) || !Files.isReadable(path);
        if (namesCanBeWatched && !directory.equals(path)) {
            addName(path);
        }
    }

    private void addName(Path path) {
        names.computeIfAbsent(WatchablePath.directoryOf(path), d -> new TreeSet<>())
                .add(String.valueOf(path.getFileName()));
    }

    /** Single names, of one directory together; not those that a watched directory shows anyway. */
    List<WatchRoot> all() {
        List<WatchRoot> roots = new ArrayList<>(directories);
        names.forEach((directory, entries) -> {
            boolean shown = directories.stream()
                    .anyMatch(root -> root.directory().equals(directory) || contains(root, directory));
            if (!shown) {
                WatchRoot root = volumes.root(directory, false).withNames(entries);
                roots.add(required.contains(directory) ? root : root.whenThere());
            }
        });
        // A volume of which no directory is named is watched as a whole.
        volumes.unused(roots).forEach(volume -> roots.add(volume.asRoot(recursive)));
        return roots;
    }

    private static boolean contains(WatchRoot root, Path path) {
        return root.recursive() && path.startsWith(root.directory());
    }
}
