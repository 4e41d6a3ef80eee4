package io.weir.agent.inotify;

import io.weir.agent.EventOutlet;
import io.weir.agent.SpooledEvent;
import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tree as somebody would believe it to be who knows only what an agent published; notes what cannot be. Acknowledges late,
 * and drops what was sent twice, as the filter does. All threads.
 */
final class PublishedTree {
    private final Map<String, String> files = new TreeMap<>();
    private final Set<String> unclosed = new HashSet<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long last;
    private String epoch = "";

    /** Where an agent delivers to, until it is cut off. */
    final class Outlet implements EventOutlet {
        private @Nullable Runnable owed;
        private boolean cut;
        private boolean prompt;

        @Override
        public void deliver(List<SpooledEvent> events, Acknowledgement acknowledgement) {
            synchronized (PublishedTree.this) {
                if (cut) {
                    return;
                }
                acknowledge();
                events.forEach(event -> take(event.event()));
                owed = () -> events.forEach(event -> acknowledgement.safe(event.sequence()));
                if (prompt) {
                    acknowledge();
                }
            }
        }

        private void acknowledge() {
            if (owed != null) {
                owed.run();
                owed = null;
            }
        }

        /** Acknowledges at once from now on. */
        void prompt() {
            synchronized (PublishedTree.this) {
                prompt = true;
                acknowledge();
            }
        }

        /** Takes nothing more; the last events stay unacknowledged. */
        void cut() {
            synchronized (PublishedTree.this) {
                cut = true;
            }
        }

        @Override
        public void close() {}
    }

    synchronized void note(String line) {
        lines.add("--- " + line);
    }

    private void take(FileEvent event) {
        String path = event.getPath();
        String from = event.getPreviousPath();
        FileState state = event.getState();
        String line = event.getEpoch() + ":" + event.getSequence() + " " + event.getOrigin() + " " + event.getType()
                + " " + (from == null ? "" : from + " -> ") + path + " " + text(state);
        if (event.getSequence() <= last && epoch.equals(String.valueOf(event.getEpoch()))) {
            lines.add(line + " (again)");
            return;
        }
        if (last != 0 && (event.getSequence() != last + 1 || !epoch.equals(String.valueOf(event.getEpoch())))) {
            fault("a number is missing", line);
        }
        last = event.getSequence();
        epoch = String.valueOf(event.getEpoch());
        lines.add(line);
        switch (event.getType()) {
            case "gap" -> {}
            case "created" -> created(path, state, line);
            case "moved-in" -> {
                remove(path);
                put(path, state, line);
            }
            case "deleted", "moved-out" -> {
                if (!files.containsKey(path)) {
                    fault("gone, and was not there", line);
                }
                remove(path);
            }
            case "moved" -> moved(Objects.requireNonNull(from), path, state, line);
            default -> {
                if (!files.containsKey(path)) {
                    fault("changed, and is not there", line);
                } else if (state != null) {
                    files.put(path, text(state));
                }
                if (event.getType().equals("written")) {
                    unclosed.remove(path);
                } else if (event.getType().equals("modified")) {
                    unclosed.add(path);
                }
            }
        }
    }

    private void created(String path, @Nullable FileState state, String line) {
        if (files.containsKey(path)) {
            fault("created, and was there", line);
        }
        put(path, state, line);
        unclosed.add(path);
    }

    private void put(String path, @Nullable FileState state, String line) {
        String directory = path.substring(0, path.lastIndexOf('/'));
        if (!directory.isEmpty() && !files.containsKey(directory)) {
            fault("its directory is not there", line);
        }
        files.put(path, text(state));
    }

    private void moved(String from, String to, @Nullable FileState state, String line) {
        if (!files.containsKey(from)) {
            fault("moved, and was not there", line);
        }
        Map<String, String> below = new TreeMap<>();
        Set<String> open = new HashSet<>();
        files.forEach((path, known) -> {
            if (path.equals(from) || path.startsWith(from + "/")) {
                String there = to + path.substring(from.length());
                below.put(there, known);
                if (unclosed.contains(path)) {
                    open.add(there);
                }
            }
        });
        remove(from);
        remove(to);
        files.putAll(below);
        unclosed.addAll(open);
        put(to, state, line);
        if (state == null) {
            files.put(to, below.getOrDefault(to, "unknown"));
        }
    }

    private void remove(String path) {
        files.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + "/"));
        unclosed.removeIf(p -> p.equals(path) || p.startsWith(path + "/"));
    }

    private void fault(String what, String line) {
        faults.add(what + ": " + line);
    }

    private static String text(@Nullable FileState state) {
        if (state == null) {
            return "unknown";
        }
        String size = state.getKind().equals("file") ? " " + state.getSize() : "";
        return state.getKind() + " " + state.getFileId() + " " + Integer.toOctalString(state.getMode()) + size;
    }

    /** Path to kind, file id, mode and size. */
    synchronized Map<String, String> files() {
        Map<String, String> copy = new TreeMap<>();
        files.forEach((path, text) -> {
            if (!path.equals("/")) {
                copy.put("v:" + path, text);
            }
        });
        return copy;
    }

    /** Files that were created or modified, and not written since. */
    synchronized List<String> neverWritten() {
        return unclosed.stream()
                .map(path -> path + " " + files.get(path))
                .filter(text -> text.contains(" file "))
                .toList();
    }

    /** What was there when all began was not written before anybody's eyes. */
    synchronized void owesNothing() {
        unclosed.clear();
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
