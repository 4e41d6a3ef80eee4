package io.weir.agent.qumulo.randomised;

import io.weir.schemas.FileEvent;
import io.weir.schemas.FileState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tree as whoever reads the events knows it. Notes events that cannot be true of it. For one thread. */
public final class ToldTree {
    /** By path; the state that was told last, if any was told since the file was. */
    private final TreeMap<String, Optional<FileState>> files = new TreeMap<>();
    /** What went with its directory, and is still to be told: where directories were renamed, it may come after that. */
    private final Set<String> goneWith = new HashSet<>();

    private final List<String> faults = new ArrayList<>();

    public void take(FileEvent event) {
        String path = event.getPath();
        switch (event.getType()) {
            case "created", "moved-in" -> {
                if (files.put(path, state(event)) != null) {
                    faults.add("there already: " + line(event));
                }
            }
            case "deleted", "moved-out" -> {
                if (files.remove(path) == null && !goneWith.remove(path)) {
                    faults.add("not there: " + line(event));
                }
                goneWith.addAll(below(path).keySet());
                below(path).keySet().forEach(files::remove);
            }
            case "moved" -> move(event, event.getPreviousPath(), path);
            default -> files.computeIfPresent(path, (at, known) -> state(event));
        }
    }

    private static Optional<FileState> state(FileEvent event) {
        return Optional.ofNullable(event.getState());
    }

    private void move(FileEvent event, String from, String to) {
        Optional<FileState> known = files.remove(from);
        if (known == null) {
            faults.add("not there: " + line(event));
        }
        if (files.put(to, state(event)) != null) {
            faults.add("there already: " + line(event));
        }
        Map<String, Optional<FileState>> below = below(from);
        below.keySet().forEach(files::remove);
        below.forEach((path, state) -> files.put(to + path.substring(from.length()), state));
    }

    private Map<String, Optional<FileState>> below(String directory) {
        return new TreeMap<>(files.subMap(directory + "/", directory + "0"));
    }

    /** What is there, with the state that was told last, if any was told with what was told last. */
    public Map<String, Optional<FileState>> files() {
        return Collections.unmodifiableMap(files);
    }

    /** {@code type path}, {@code moved from -> to}; a question mark if reconstructed. */
    public static String line(FileEvent event) {
        if (event.getGap() != null) {
            return "gap " + event.getGap().getReason() + (event.getGap().getUntil() == null ? "" : " over");
        }
        String where =
                event.getPreviousPath() == null ? event.getPath() : event.getPreviousPath() + " -> " + event.getPath();
        return event.getType() + " " + where + (event.getOrigin().equals("live") ? "" : "?");
    }

    public Set<String> paths() {
        return new TreeSet<>(files.keySet());
    }

    public List<String> faults() {
        return faults;
    }
}
