package io.weir.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Paths without symbolic links, also of what is not there yet. */
public final class RealPath {
    private static final int MOST_LINKS = 40;

    private RealPath() {}

    /** Links resolved as far as the path exists, and those that lead to what does not. */
    public static Path of(Path path) {
        return of(path.toAbsolutePath().normalize(), MOST_LINKS);
    }

    private static Path of(Path absolute, int links) {
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            Path parent = absolute.getParent();
            if (parent == null) {
                return absolute;
            }
            Path there = of(parent, links);
            Path path = there.resolve(absolute.getFileName());
            return links > 0 && Files.isSymbolicLink(path) ? target(path, there, links - 1) : path;
        }
    }

    private static Path target(Path link, Path directory, int links) {
        try {
            return of(directory.resolve(Files.readSymbolicLink(link)).normalize(), links);
        } catch (IOException e) {
            return link;
        }
    }
}
