package io.weir.agent.inotify;

import io.weir.agent.source.Place;
import io.weir.posix.FileSystemType;
import io.weir.posix.PosixException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The watched directories by their real paths, and how places on volumes map to paths of the host. Immutable. */
final class Roots {
    private static final Logger LOG = LoggerFactory.getLogger(Roots.class);

    private final List<WatchRoot> roots;
    private final Set<String> excluded;
    private final Set<String> excludedNames;
    private final Predicate<String> hidden;

    private Roots(List<WatchRoot> roots, Set<String> excluded, Predicate<String> hidden) {
        this.roots = roots;
        this.excluded = excluded;
        this.hidden = hidden;
        excludedNames = new HashSet<>();
        excluded.forEach(path -> excludedNames.add(path.substring(path.lastIndexOf('/') + 1)));
    }

    static Roots of(InotifySettings settings) {
        List<WatchRoot> real = new ArrayList<>();
        for (WatchRoot root : settings.roots()) {
            Path directory = realPath(root.directory());
            real.add(new WatchRoot(root.volume(), root.pathInVolume(), directory, root.recursive(), root.names()));
        }
        Set<String> excluded = new HashSet<>();
        settings.excluded().forEach(path -> excluded.add(realPath(path).toString()));
        for (int i = 0; i < real.size(); i++) {
            for (int j = 0; j < real.size(); j++) {
                if (i != j) {
                    requireApart(real.get(i), real.get(j));
                }
            }
            requireOutside(real.get(i), excluded);
        }
        return new Roots(List.copyOf(real), Set.copyOf(excluded), settings.hidden());
    }

    private static void requireApart(WatchRoot a, WatchRoot b) {
        boolean sameDirectory = a.directory().equals(b.directory());
        if (sameDirectory || (a.recursive() && b.directory().startsWith(a.directory()))) {
            throw new IllegalArgumentException("watched directory='" + b.directory() + "' (volume '" + b.volume()
                    + "'): it is already watched " + (sameDirectory ? "" : "below '" + a.directory() + "' ")
                    + "(volume '" + a.volume()
                    + "'); expected directories apart from each other; try to leave one out");
        }
        boolean samePlace = a.pathInVolume().equals(b.pathInVolume());
        if (a.volume().equals(b.volume())
                && (samePlace || (a.recursive() && isBelow(b.pathInVolume(), a.pathInVolume())))) {
            throw new IllegalArgumentException(
                    "watched directory='" + b.directory() + "': its place '" + b.volume() + ":"
                            + b.pathInVolume() + "' is taken by '" + a.directory() + "' (" + a.volume() + ":"
                            + a.pathInVolume() + "); expected one directory for each place; try another volume name");
        }
    }

    private static void requireOutside(WatchRoot root, Set<String> excluded) {
        for (String path : excluded) {
            if (root.directory().startsWith(Path.of(path))) {
                throw new IllegalArgumentException("watched directory='" + root.directory() + "': it lies in '" + path
                        + "', which is never watched; try another directory, or another data directory");
            }
        }
    }

    private static boolean isBelow(String path, String ancestor) {
        return ancestor.equals("/") || path.startsWith(ancestor + "/");
    }

    /** Links resolved as far as the path exists. */
    static Path realPath(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            Path parent = absolute.getParent();
            return parent == null ? absolute : realPath(parent).resolve(absolute.getFileName());
        }
    }

    /** inotify sees what this kernel does; on file systems that others change too it is blind to them. */
    void warnOfBlindness() {
        for (WatchRoot root : roots) {
            try {
                FileSystemType type = FileSystemType.of(root.directory().toString());
                if (type.mayChangeUnseen()) {
                    LOG.atWarn()
                            .addKeyValue("directory", root.directory())
                            .addKeyValue("type", type.name())
                            .log(
                                    "Changes that other hosts make here are not seen; run an agent on the host that has the"
                                            + " files");
                }
            } catch (PosixException e) {
                // not there yet: the scan tells
            }
        }
    }

    List<WatchRoot> all() {
        return roots;
    }

    List<String> volumes() {
        return roots.stream().map(WatchRoot::volume).distinct().toList();
    }

    /** Whether the directory is at the same time an entry of another root, which then tells of its attributes. */
    boolean isEntryOfAnother(WatchRoot root) {
        Path parent = root.directory().getParent();
        return parent != null && roots.stream().anyMatch(r -> r.directory().equals(parent));
    }

    /** Whether an entry of a directory of the host is never to be watched or told. */
    boolean excludes(DirectoryNode directory, String name, WatchTree tree) {
        if (directory instanceof RootNode root && root.hides(name)) {
            return true;
        }
        boolean maybeExcluded = excludedNames.contains(name);
        if (!maybeExcluded && hidden == InotifySettings.NOTHING) {
            return false;
        }
        String path = join(tree.hostPath(directory), name);
        return (maybeExcluded && excluded.contains(path)) || hidden.test(path);
    }

    /** Where a place is on this host; empty if no root covers it. */
    Optional<String> hostPath(Place place) {
        Optional<WatchRoot> covering = roots.stream()
                .filter(r -> r.volume().equals(place.volume()))
                .filter(r -> place.path().equals(r.pathInVolume()) || isBelow(place.path(), r.pathInVolume()))
                .reduce((a, b) -> a.pathInVolume().length() >= b.pathInVolume().length() ? a : b);
        return covering.map(r -> {
            String inRoot = r.pathInVolume().equals("/")
                    ? place.path()
                    : place.path().substring(r.pathInVolume().length());
            String host = r.directory().toString();
            return inRoot.isEmpty() || inRoot.equals("/") ? host : join(host, inRoot.substring(1));
        });
    }

    static String join(String directory, String name) {
        return directory.equals("/") ? "/" + name : directory + "/" + name;
    }
}
