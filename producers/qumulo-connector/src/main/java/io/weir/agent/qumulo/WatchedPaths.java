package io.weir.agent.qumulo;

import io.weir.rules.Glob;
import java.util.List;
import java.util.function.Predicate;

/** Which paths are reported on. The cluster is asked for all, since one watch costs it less than many. Safe for all threads. */
final class WatchedPaths {
    /** Weir's own directory on a volume. */
    static final String OWN = "/.weir";

    private final List<String> below;
    private final boolean all;
    private final List<Predicate<String>> excludes;

    WatchedPaths(QumuloConfig config) {
        this.all = config.paths().contains("/");
        this.below = config.paths();
        this.excludes = config.excludes().stream()
                .<Predicate<String>>map(glob -> Glob.compile(glob)::matches)
                .toList();
    }

    /** @param path absolute */
    boolean covers(String path) {
        if (isAtOrBelow(path, OWN) || (!all && below.stream().noneMatch(directory -> isAtOrBelow(path, directory)))) {
            return false;
        }
        for (Predicate<String> exclude : excludes) {
            if (exclude.test(path)) {
                return false;
            }
        }
        return true;
    }

    static boolean isAtOrBelow(String path, String directory) {
        return path.startsWith(directory)
                && (path.length() == directory.length() || path.charAt(directory.length()) == '/');
    }
}
