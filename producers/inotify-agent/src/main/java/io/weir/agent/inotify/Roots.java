package io.weir.agent.inotify;

import io.weir.agent.source.Place;
import io.weir.posix.Mount;
import io.weir.posix.Mount.Sight;
import io.weir.posix.Mounts;
import io.weir.posix.RealPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watched directories by their real paths, and how places on volumes map to paths of the host. What is excluded
 * belongs to the processor's thread; all else is immutable.
 */
final class Roots {
    private static final Logger LOG = LoggerFactory.getLogger(Roots.class);

    private final List<WatchRoot> roots;
    private final List<String> polled;
    private final Excluded asked;
    private final Supplier<Set<String>> ownOutput;
    private final Predicate<String> hidden;
    private Set<String> output;
    private Excluded excluded;

    private Roots(
            List<WatchRoot> roots,
            List<String> polled,
            Set<String> excluded,
            Predicate<String> hidden,
            Supplier<Set<String>> ownOutput) {
        this.roots = roots;
        this.polled = polled;
        this.hidden = hidden;
        this.ownOutput = ownOutput;
        asked = Excluded.of(excluded);
        output = ownOutput.get();
        this.excluded = asked.with(output);
    }

    static Roots of(InotifySettings settings) {
        return of(settings, OwnOutput::paths);
    }

    /** @param ownOutput where this process's own output goes now */
    static Roots of(InotifySettings settings, Supplier<Set<String>> ownOutput) {
        List<WatchRoot> real = settings.roots().stream()
                .map(r -> r.at(RealPath.of(r.directory())))
                .toList();
        Set<String> excluded = new HashSet<>();
        settings.excluded().forEach(path -> excluded.add(RealPath.of(path).toString()));
        for (int i = 0; i < real.size(); i++) {
            for (int j = 0; j < real.size(); j++) {
                if (i != j) {
                    requireApart(real.get(i), real.get(j));
                }
            }
            requireOutside(real.get(i), excluded);
        }
        List<String> polled = new ArrayList<>();
        for (Path directory : settings.polling().directories()) {
            polled.add(requireWatched(RealPath.of(directory), real).toString());
        }
        return new Roots(real, polled, excluded, settings.hidden(), ownOutput);
    }

    private static Path requireWatched(Path polled, List<WatchRoot> roots) {
        boolean watched = roots.stream()
                .anyMatch(r -> polled.equals(r.directory()) || (r.recursive() && polled.startsWith(r.directory())));
        if (!watched) {
            throw new IllegalArgumentException("polled directory='" + polled
                    + "': it is not watched; expected a watched directory, or one below that is watched recursively; try to"
                    + " watch it too");
        }
        return polled;
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

    /** Tells where inotify does not show all that happens, and nobody polls. */
    void warnOfBlindness(Mounts mounts) {
        Set<Mount> told = new HashSet<>();
        for (WatchRoot root : roots) {
            String directory = root.directory().toString();
            warn(directory, mounts.of(directory), told);
            if (root.recursive()) {
                mounts.below(directory).forEach(mount -> warn(mount.point(), mount, told));
            }
        }
    }

    private void warn(String directory, Mount mount, Set<Mount> told) {
        boolean blind = mount.sight() == Sight.NOT_OTHERS || mount.sight() == Sight.NOTHING;
        if (blind && !isPolled(directory) && told.add(mount)) {
            LOG.atWarn()
                    .addKeyValue("directory", directory)
                    .addKeyValue("type", mount.type())
                    .log(
                            mount.sight() == Sight.NOTHING
                                    ? "Nothing of what happens here is seen: {}. Leave it out with --exclude {}"
                                    : "Not all that happens here is seen: {}. Run an agent on the host that has the"
                                            + " files, or compare again and again with --poll {}",
                            mount.sight().text(),
                            directory);
        }
    }

    /** Directories compared again and again: absolute real paths, none below another. */
    List<String> polled() {
        return polled.stream()
                .distinct()
                .filter(p -> polled.stream().noneMatch(q -> !q.equals(p) && isBelow(p, q)))
                .toList();
    }

    /** Whether what is in a directory of the host is compared again and again. */
    boolean isPolled(String directory) {
        for (String top : polled) {
            if (directory.equals(top) || isBelow(directory, top)) {
                return true;
            }
        }
        return false;
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
        return mayExclude(name) && excludes(tree.hostPath(directory), name);
    }

    /** The same of an entry of a directory that is no root, by its path on this host. */
    boolean excludes(String directory, String name) {
        if (!mayExclude(name)) {
            return false;
        }
        String path = join(directory, name);
        return excluded.paths().contains(path) || hidden.test(path);
    }

    private boolean mayExclude(String name) {
        return hidden != InotifySettings.NOTHING || excluded.names().contains(name);
    }

    /** Whether this process's own output goes to a file of this name. */
    boolean mayBeOwnOutput(String name) {
        return output.stream().anyMatch(path -> path.endsWith("/" + name));
    }

    /** Looks where this process's own output goes now: it may have been renamed, and so may a directory that it is in. */
    void followOwnOutput() {
        Set<String> now = ownOutput.get();
        if (!now.equals(output)) {
            output = now;
            excluded = asked.with(now);
        }
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
