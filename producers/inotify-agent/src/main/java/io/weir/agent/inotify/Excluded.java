package io.weir.agent.inotify;

import java.util.HashSet;
import java.util.Set;

/**
 * Paths of the host that are never watched or told. Immutable.
 *
 * @param names the last components of the paths, so that most entries are decided without their path
 */
record Excluded(Set<String> paths, Set<String> names) {
    static Excluded of(Set<String> paths) {
        Set<String> names = new HashSet<>();
        paths.forEach(path -> names.add(path.substring(path.lastIndexOf('/') + 1)));
        return new Excluded(Set.copyOf(paths), Set.copyOf(names));
    }

    Excluded with(Set<String> more) {
        Set<String> all = new HashSet<>(paths);
        all.addAll(more);
        return of(all);
    }
}
