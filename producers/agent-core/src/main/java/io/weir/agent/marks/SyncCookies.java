package io.weir.agent.marks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Files that the agent itself puts into a marks directory. When one comes back through the stream, everything that happened
 * before it was put there has come, too.
 */
final class SyncCookies {
    private static final String PREFIX = "sync-";

    private final Map<String, MarksDirectory> directories;
    private final long run;
    private final Map<String, Runnable> awaited = new HashMap<>();
    private long next = 1;

    SyncCookies(Map<String, MarksDirectory> directories, long run) {
        this.directories = directories;
        this.run = run;
    }

    /** Does something once all that has happened by now has come through the stream. */
    void send(String volume, Runnable then) {
        String name = PREFIX + run + "-" + next++;
        MarksDirectory directory = directories.get(volume);
        if (directory == null) {
            throw new IllegalStateException("volume='" + volume + "': has no marks directory");
        }
        awaited.put(name, then);
        try {
            directory.put(name, new byte[0]);
        } catch (IOException e) {
            awaited.remove(name);
            throw new UncheckedIOException("sync cookie '" + name + "': cannot be written", e);
        }
    }

    boolean isAwaited(String name) {
        return awaited.containsKey(name);
    }

    /** Whether the name is one of ours; if so, does what was waiting for it. */
    boolean cameBack(String name) {
        Runnable then = awaited.remove(name);
        if (then != null) {
            then.run();
            return true;
        }
        return name.startsWith(PREFIX);
    }
}
