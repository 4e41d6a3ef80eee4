package io.weir.worker.files;

import java.util.Optional;

/** Paths absolute within a volume: {@code /}, or names each with a slash before it. */
public final class VolumePath {
    private VolumePath() {}

    /** What is wrong with the text as a path, as a clause such as {@code has an empty name}; empty if nothing is. */
    public static Optional<String> fault(String path) {
        if (!path.startsWith("/")) {
            return Optional.of("does not begin with '/'");
        }
        if (path.length() == 1) {
            return Optional.of("is the volume's root");
        }
        for (String name : path.substring(1).split("/", -1)) {
            if (name.isEmpty()) {
                return Optional.of("has an empty name ('//' or '/' at its end)");
            }
            if (name.equals(".") || name.equals("..")) {
                return Optional.of("has '" + name + "' as a name");
            }
            if (name.indexOf(0) >= 0) {
                return Optional.of("has a NUL character");
            }
        }
        return Optional.empty();
    }

    /** The path of the directory that it is in. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** The path of an entry of a directory. */
    public static String child(String directory, String name) {
        return directory.equals("/") ? "/" + name : directory + "/" + name;
    }

    /** The last name of a path. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Without the first slash; empty for the root. */
    public static String relative(String path) {
        return path.substring(1);
    }
}
