package io.weir.rules.text;

/**
 * Name, directory, stem and extension of an absolute path, by position.
 *
 * <p>The extension is what follows the last dot of the name, if that dot is neither the first nor the last character of
 * the name; the stem is what precedes it. So {@code a.tar.gz} has the stem {@code a.tar} and the extension {@code gz};
 * {@code .bashrc}, {@code Makefile} and {@code a.} have no extension and are their own stem. The root has an empty name.
 */
public final class PathParts {
    private PathParts() {}

    /** Where the name begins. */
    public static int nameStart(String path) {
        return path.lastIndexOf('/') + 1;
    }

    /** Where the directory ends, counted without a slash at its end; 1 for entries of the root. */
    public static int directoryEnd(String path) {
        return Math.max(1, path.lastIndexOf('/'));
    }

    /** Where the extension begins; the length of the path if there is none. */
    public static int extensionStart(String path, int nameStart) {
        int dot = path.lastIndexOf('.');
        return dot > nameStart && dot < path.length() - 1 ? dot + 1 : path.length();
    }

    /** How many names the path has: 0 for the root, 1 for what lies in it. */
    public static int depth(String path) {
        if (path.length() <= 1) {
            return 0;
        }
        int depth = 0;
        for (int at = 0; at >= 0; at = path.indexOf('/', at + 1)) {
            depth++;
        }
        return depth;
    }

    public static String name(String path) {
        return path.substring(nameStart(path));
    }

    public static String directory(String path) {
        return path.substring(0, Math.min(path.length(), directoryEnd(path)));
    }

    /** Empty if there is none. */
    public static String extension(String path) {
        return path.substring(extensionStart(path, nameStart(path)));
    }

    /** The name without its extension and the dot before that. */
    public static String stem(String path) {
        int nameStart = nameStart(path);
        int extensionStart = extensionStart(path, nameStart);
        return path.substring(nameStart, extensionStart == path.length() ? path.length() : extensionStart - 1);
    }
}
