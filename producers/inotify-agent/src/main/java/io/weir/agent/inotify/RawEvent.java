package io.weir.agent.inotify;

import io.weir.posix.Inotify;

/**
 * An event as the kernel queued it.
 *
 * @param watch watch descriptor; -1 for an overflow
 * @param mask IN_ bits
 * @param cookie ties the two halves of a rename together
 * @param name entry in the watched directory; empty if it is about the directory itself
 * @param readAt microseconds since 1970
 * @param chunk number of the chunk that brought it
 */
record RawEvent(int watch, int mask, int cookie, String name, long readAt, long chunk) {
    /** Changes of a directory's entries, which the kernel makes and queues under the directory's lock. */
    static final int ENTRY_CHANGES =
            Inotify.IN_CREATE | Inotify.IN_DELETE | Inotify.IN_MOVED_FROM | Inotify.IN_MOVED_TO;

    /** Changes after which a name no longer leads where it did. */
    static final int DEPARTURES = Inotify.IN_DELETE | Inotify.IN_MOVED_FROM | Inotify.IN_MOVED_TO;

    boolean has(int bits) {
        return (mask & bits) != 0;
    }

    boolean isDirectory() {
        return has(Inotify.IN_ISDIR);
    }
}
