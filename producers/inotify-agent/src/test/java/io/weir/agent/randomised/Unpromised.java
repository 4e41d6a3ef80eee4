package io.weir.agent.randomised;

import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What no agent can be asked to tell, since the kernel does not. Any thread.
 *
 * <ul>
 *   <li>A file with several names changes under all of them, and is told under the one that it was changed by. Of the others
 *       only their coming and going is promised, until the next comparison with the tree.
 *   <li>What is changed without being opened ({@code truncate(2)}), is never closed.
 *   <li>An exchange ({@code renameat2(2)}) with a name that is not watched, or not yet, cannot be told from a rename and one
 *       back; exchanges are not generated.
 * </ul>
 */
public final class Unpromised {
    private final Set<String> linked = ConcurrentHashMap.newKeySet();
    private final Set<String> neverClosed = ConcurrentHashMap.newKeySet();

    void linked(String path) {
        note(path, linked);
    }

    void changedUnopened(String path) {
        note(path, neverClosed);
    }

    private static void note(String path, Set<String> set) {
        try {
            set.add(Known.of(FileStatus.lstat(path)).identity());
        } catch (PosixException e) {
            // it is gone
        }
    }

    /** Whether the file has, or ever had, more than one name. */
    public boolean isLinked(Known file) {
        return linked.contains(file.identity());
    }

    /** Whether its last change may have no {@code written} behind it. */
    public boolean isNeverClosed(Known file) {
        return isLinked(file) || neverClosed.contains(file.identity());
    }
}
