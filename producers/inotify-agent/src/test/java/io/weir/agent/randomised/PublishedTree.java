package io.weir.agent.randomised;

import io.weir.posix.PathText;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tree as somebody would believe it to be who knows only the events of one agent, in the order of their numbers; notes
 * what cannot be. Drops what was sent twice, as the filter does. All threads.
 */
public final class PublishedTree {
    private static final int LINES = 200_000;
    private static final int TRACED = 50_000;

    private final Unpromised unpromised;
    private final Map<String, Known> files = new TreeMap<>();
    private final Set<String> unclosed = new HashSet<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int traced;
    private long last;
    private long epoch;

    /** @param unpromised what it is not asked to know */
    public PublishedTree(Unpromised unpromised) {
        this.unpromised = unpromised;
    }

    /** A line in the log of what was published. */
    public synchronized void note(String line) {
        log("--- " + RealTree.shown(line));
    }

    /** Another, of which there may be very many: only so many are kept. */
    public synchronized void trace(String line) {
        if (++traced < TRACED) {
            log("    " + RealTree.shown(line));
        }
    }

    private void log(String line) {
        if (lines.size() < LINES) {
            lines.add(line);
        }
    }

    /** Takes the next event, or one again. */
    public synchronized void take(FileEvent event) {
        String path = path(event.getPath(), event.getRawPath());
        FileState state = event.getState();
        String from =
                event.getPreviousPath() == null ? null : path(event.getPreviousPath(), event.getRawPreviousPath());
        String line = event.getEpoch() + ":" + event.getSequence() + " " + event.getOrigin() + " " + event.getType()
                + " " + (from == null ? "" : from + " -> ") + path + " " + Known.of(state)
                + (event.getGap() == null ? "" : " " + event.getGap().getReason());
        line = RealTree.shown(line);
        if (event.getSequence() <= last && event.getEpoch() == epoch) {
            log(line + " (again)");
            return;
        }
        if (last == 0 ? event.getSequence() != 1 : event.getSequence() != last + 1 || event.getEpoch() != epoch) {
            fault("a number is missing", line);
        }
        last = event.getSequence();
        epoch = event.getEpoch();
        log(line);
        apply(event.getType(), path, from, Known.of(state), line);
    }

    private static String path(String text, @Nullable ByteBuffer raw) {
        if (raw == null) {
            return text;
        }
        byte[] bytes = new byte[raw.remaining()];
        raw.duplicate().get(bytes);
        return PathText.decode(bytes);
    }

    private void apply(String type, String path, @Nullable String from, Known state, String line) {
        switch (type) {
            case "gap" -> {}
            case "created" -> created(path, state, line);
            case "moved-in" -> {
                remove(path);
                put(path, state, line);
            }
            case "deleted", "moved-out" -> {
                require(path, "gone, and was not there", line);
                remove(path);
            }
            case "moved" -> moved(Objects.requireNonNull(from), path, state, line);
            default -> changed(type, path, state, line);
        }
    }

    private void require(String path, String what, String line) {
        if (!path.equals("/") && !files.containsKey(path)) {
            fault(what, line);
        }
    }

    private void changed(String type, String path, Known state, String line) {
        require(path, "changed, and is not there", line);
        if (!state.equals(Known.NOTHING)) {
            Known known = files.get(path);
            if (known != null
                    && !known.equals(Known.NOTHING)
                    && !known.identity().equals(state.identity())) {
                fault("changed into another file " + known, line);
            }
            files.put(path, state);
        }
        if (type.equals("written")) {
            unclosed.remove(path);
        } else if (type.equals("modified")) {
            unclosed.add(path);
        }
    }

    private void created(String path, Known state, String line) {
        if (files.containsKey(path)) {
            fault("created, and was there", line);
        }
        put(path, state, line);
        unclosed.add(path);
    }

    private void put(String path, Known state, String line) {
        if (path.lastIndexOf('/') > 0) {
            require(path.substring(0, path.lastIndexOf('/')), "its directory is not there", line);
        }
        files.put(path, state);
    }

    private void moved(String from, String to, Known state, String line) {
        require(from, "moved, and was not there", line);
        Map<String, Known> subtree = new TreeMap<>();
        Set<String> open = new HashSet<>();
        files.forEach((path, known) -> {
            if (isAtOrBelow(path, from)) {
                subtree.put(to + path.substring(from.length()), known);
            }
        });
        unclosed.stream()
                .filter(path -> isAtOrBelow(path, from))
                .forEach(path -> open.add(to + path.substring(from.length())));
        remove(from);
        remove(to);
        files.putAll(subtree);
        unclosed.addAll(open);
        put(to, state.equals(Known.NOTHING) ? files.getOrDefault(to, Known.NOTHING) : state, line);
    }

    private static boolean isAtOrBelow(String path, String top) {
        return path.startsWith(top) && (path.length() == top.length() || path.charAt(top.length()) == '/');
    }

    private void remove(String path) {
        files.keySet().removeIf(p -> isAtOrBelow(p, path));
        unclosed.removeIf(p -> isAtOrBelow(p, path));
    }

    private void fault(String what, String line) {
        faults.add(what + ": " + line);
        log("!!! " + what);
    }

    /** Path to what is known of it, without the root. */
    public synchronized Map<String, Known> files() {
        Map<String, Known> copy = new TreeMap<>(files);
        copy.remove("/");
        return copy;
    }

    /** Files that were created or modified, and not written since. */
    public synchronized List<String> neverWritten() {
        return unclosed.stream()
                .filter(path -> {
                    Known known = files.getOrDefault(path, Known.NOTHING);
                    return known.isRegularFile() && !unpromised.isNeverClosed(known);
                })
                .map(path -> RealTree.shown(path) + " " + files.get(path))
                .toList();
    }

    /** What was there when all began was not written before anybody's eyes. */
    public synchronized void owesNothing() {
        unclosed.clear();
    }

    /** What cannot be. */
    public synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** All events, and what was noted between them. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
