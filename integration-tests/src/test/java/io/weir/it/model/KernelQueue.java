package io.weir.it.model;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One inotify descriptor: watched directories, and events in the order of the calls. An event that is identical to the last
 * one in the queue is merged with it; what comes when the queue is full is lost, and one overflow is queued in its place.
 */
final class KernelQueue {
    enum Kind {
        CREATE,
        MODIFY,
        CLOSE_WRITE,
        ATTRIB,
        /** Both directories are watched. */
        MOVE,
        MOVED_FROM,
        MOVED_TO,
        DELETE,
        /** Into the marks directory. */
        MARK,
        OVERFLOW
    }

    /** An event about a node. A {@code MOVE} has its first directory and name in {@code from} and {@code fromName}. */
    record Event(
            Kind kind,
            @Nullable Node directory,
            String name,
            @Nullable Node from,
            String fromName,
            boolean ofDirectory,
            @Nullable Node about,
            long serial) {
        boolean merges(@Nullable Event last) {
            return last != null
                    && last.kind == kind
                    && last.directory == directory
                    && last.name.equals(name)
                    && last.ofDirectory == ofDirectory
                    && kind != Kind.MOVE
                    && kind != Kind.MOVED_FROM
                    && kind != Kind.MOVED_TO
                    && kind != Kind.MARK;
        }

        @Override
        public String toString() {
            return kind + " " + directory + "/" + name + (from == null ? "" : " from " + from + "/" + fromName);
        }
    }

    private final Deque<Event> events = new ArrayDeque<>();
    private final Set<Node> watched = Collections.newSetFromMap(new IdentityHashMap<>());
    private int capacity = Integer.MAX_VALUE;
    private boolean open;
    private long serial;
    /** What has been taken from the kernel up to here merges with nothing any more. */
    private long taken;

    /** A new descriptor in place of the old one. The marks directory is watched by it. */
    void reopen(int newCapacity) {
        close();
        capacity = newCapacity;
        open = true;
    }

    /** Its process has died. */
    void close() {
        events.clear();
        watched.clear();
        open = false;
    }

    void watch(Node directory) {
        watched.add(directory);
    }

    void unwatch(Node directory) {
        watched.remove(directory);
    }

    boolean isWatched(@Nullable Node directory) {
        return directory != null && watched.contains(directory);
    }

    /** The number of the last event that was queued. */
    long serial() {
        return serial;
    }

    /** Takes all from the kernel that is queued by now; returns the number of the last event. */
    long drain() {
        taken = serial;
        return serial;
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    int size() {
        return events.size();
    }

    @Nullable
    Event poll() {
        return events.poll();
    }

    void mark(String name) {
        add(Kind.MARK, null, name, null, "", false, null);
    }

    /** An event about something in a directory. */
    void tell(Kind kind, @Nullable Node directory, String name, Node about) {
        if (isWatched(directory)) {
            add(kind, directory, name, null, "", about.isDirectory(), about);
        }
    }

    void move(@Nullable Node from, String fromName, @Nullable Node to, String name, Node about) {
        if (isWatched(from) && isWatched(to)) {
            add(Kind.MOVE, to, name, from, fromName, about.isDirectory(), about);
        } else {
            tell(Kind.MOVED_FROM, from, fromName, about);
            tell(Kind.MOVED_TO, to, name, about);
        }
    }

    private void add(
            Kind kind,
            @Nullable Node directory,
            String name,
            @Nullable Node from,
            String fromName,
            boolean dir,
            @Nullable Node about) {
        if (!open) {
            return;
        }
        Event event = new Event(kind, directory, name, from, fromName, dir, about, serial + 1);
        Event last = events.peekLast();
        if (last != null && last.serial() > taken && event.merges(last)) {
            return;
        }
        if (events.size() >= capacity) {
            if (last == null || last.kind() != Kind.OVERFLOW) {
                events.add(new Event(Kind.OVERFLOW, null, "", null, "", false, null, ++serial));
            }
            return;
        }
        serial++;
        events.add(event);
    }
}
