package io.weir.agent.marks;

import io.weir.agent.source.MarksDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that the agent itself puts into a marks directory. When one comes back through the stream, everything that happened
 * before it was put there has come, too.
 */
final class SyncCookies {
    private static final String PREFIX = "sync-";

    private record Awaited(String volume, Runnable then) {}

    private final MarksDirectories directories;
    private final long run;
    private final Map<String, Awaited> awaited = new LinkedHashMap<>();
    private long next = 1;

    SyncCookies(MarksDirectories directories, long run) {
        this.directories = directories;
        this.run = run;
    }

    /** Does something once all that has happened by now has come through the stream. */
    void send(String volume, Runnable then) {
        String name = PREFIX + run + "-" + next++;
        MarksDirectory directory = directories.of(volume);
        awaited.put(name, new Awaited(volume, then));
        try {
            directory.put(name, new byte[0]);
        } catch (IOException e) {
            awaited.remove(name);
            throw new UncheckedIOException("sync cookie '" + name + "': cannot be written", e);
        }
    }

    /** The stream may have lost what was sent: waits for one more in place of all that are awaited. */
    void sendAgain(String volume, Runnable then) {
        List<Runnable> all = new ArrayList<>();
        awaited.values().stream().filter(a -> a.volume().equals(volume)).forEach(a -> all.add(a.then()));
        awaited.values().removeIf(a -> a.volume().equals(volume));
        all.add(then);
        send(volume, () -> all.forEach(Runnable::run));
    }

    boolean anyAwaited(String volume) {
        return awaited.values().stream().anyMatch(a -> a.volume().equals(volume));
    }

    /** Whether the name is one of ours; if so, does what was waiting for it. */
    boolean cameBack(String name) {
        Awaited cookie = awaited.remove(name);
        if (cookie != null) {
            cookie.then().run();
            return true;
        }
        return name.startsWith(PREFIX);
    }
}
