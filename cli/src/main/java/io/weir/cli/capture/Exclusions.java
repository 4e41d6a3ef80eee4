package io.weir.cli.capture;

import io.weir.agent.inotify.InotifySettings;
import io.weir.agent.inotify.WatchRoot;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.rules.Glob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is not to be watched, with all that is in it.
 *
 * @param paths absolute
 * @param hidden on paths of the host
 * @param globs that both say, on paths of the host
 */
record Exclusions(Set<Path> paths, Predicate<String> hidden, List<String> globs) {
    /**
     * Reads the values of {@code --exclude}: without a slash, a glob on names; with one, a path or a glob on paths, which
     * starts in the working directory unless it is absolute or begins with {@code **}.
     *
     * @throws CommandException if one is no glob
     */
    static Exclusions of(List<String> texts, CommandContext context) {
        Set<Path> paths = new HashSet<>();
        List<Glob> globs = new ArrayList<>();
        List<String> written = new ArrayList<>();
        for (String text : texts) {
            String value = text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
            if (value.contains("/") && !value.matches(".*[*?\\[{\\\\].*")) {
                Path path = context.resolve(Path.of(value));
                paths.add(path);
                written.add(escaped(path));
                written.add(escaped(path) + "/**");
            } else {
                String glob = absolute(value, context);
                globs.add(glob(text, glob));
                written.add(glob);
                written.add(glob + "/**");
            }
        }
        Glob[] all = globs.toArray(Glob[]::new);
        return new Exclusions(
                Set.copyOf(paths), all.length == 0 ? InotifySettings.NOTHING : path -> anyMatches(all, path), written);
    }

    /** As globs on the paths of volumes, each behind its volume and a colon: what lies outside a volume is left out. */
    List<String> inVolumes(List<WatchRoot> roots) {
        Set<String> all = new LinkedHashSet<>();
        for (WatchRoot root : roots) {
            String directory = escaped(root.directory());
            String below = root.pathInVolume().equals("/") ? "" : root.pathInVolume();
            for (String glob : globs) {
                if (glob.startsWith("**")) {
                    all.add(root.volume() + ":" + glob);
                } else if (glob.startsWith(directory + "/")) {
                    all.add(root.volume() + ":" + below + glob.substring(directory.length()));
                }
            }
        }
        return List.copyOf(all);
    }

    private static String escaped(Path path) {
        return path.toString().replaceAll("[*?\\[{}\\]\\\\]", "\\\\$0");
    }

    private static String absolute(String value, CommandContext context) {
        if (!value.contains("/")) {
            return "**/" + value;
        }
        if (value.startsWith("/") || value.startsWith("**")) {
            return value;
        }
        String here = escaped(realPath(context.workingDirectory()));
        return Path.of(here).resolve(value).normalize().toString();
    }

    private static Path realPath(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return directory;
        }
    }

    private static Glob glob(String text, String absolute) {
        try {
            return Glob.compile(absolute);
        } catch (IllegalArgumentException e) {
            throw new CommandException("--exclude='" + text + "': " + e.getMessage(), e);
        }
    }

    private static boolean anyMatches(Glob[] globs, String path) {
        for (Glob glob : globs) {
            if (glob.matches(path)) {
                return true;
            }
        }
        return false;
    }
}
