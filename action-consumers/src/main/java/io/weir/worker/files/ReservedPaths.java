package io.weir.worker.files;

import io.weir.posix.PathText;
import java.util.Optional;

/**
 * What a volume keeps for Weir itself, where marks cannot lie on a host: no action touches it, whatever {@code roots} say, and
 * no agent reports on it.
 */
public final class ReservedPaths {
    /** All below this directory. */
    public static final String TOP = "/.weir";

    /** Where marks lie, unless it is set otherwise. */
    public static final String MARKS = TOP + "/marks";

    /** Where what is new is made before it is renamed to its place. */
    public static final String STAGING = TOP + "/staging";

    private ReservedPaths() {}

    /** Whether a path is reserved. */
    public static boolean contains(String path) {
        return path.equals(TOP) || path.startsWith(TOP + "/");
    }

    /** Why an action must not touch a path; empty if it may. */
    public static Optional<String> refusal(String volume, String path) {
        return contains(path)
                ? Optional.of("path='" + PathText.display(path) + "' of volume '" + volume + "' lies in " + TOP
                        + ", which is kept for marks; no action changes anything there")
                : Optional.empty();
    }
}
