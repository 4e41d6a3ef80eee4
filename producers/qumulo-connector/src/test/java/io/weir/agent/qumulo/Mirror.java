package io.weir.agent.qumulo;

import io.weir.schemas.FileEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tree as whoever reads the events knows it. Notes events that cannot be true of it. */
final class Mirror {
    private final TreeMap<String, String> files = new TreeMap<>();
    /** What went with its directory, and is still to be told: where directories were renamed, it may come after that. */
    private final Set<String> goneWith = new HashSet<>();

    private final List<String> faults = new ArrayList<>();

    void take(FileEvent event) {
        String path = event.getPath();
        switch (event.getType()) {
            case "created", "moved-in" -> {
                if (files.put(path, event.getType()) != null) {
                    faults.add("there already: " + ClusterAgent.line(event));
                }
            }
            case "deleted", "moved-out" -> {
                if (files.remove(path) == null && !goneWith.remove(path)) {
                    faults.add("not there: " + ClusterAgent.line(event));
                }
                goneWith.addAll(below(path).keySet());
                below(path).keySet().forEach(files::remove);
            }
            case "moved" -> move(event, event.getPreviousPath(), path);
            default -> {
                // Does not concern places.
            }
        }
    }

    private void move(FileEvent event, String from, String to) {
        if (files.remove(from) == null) {
            faults.add("not there: " + ClusterAgent.line(event));
        }
        if (files.put(to, "moved") != null) {
            faults.add("there already: " + ClusterAgent.line(event));
        }
        Map<String, String> below = below(from);
        below.keySet().forEach(files::remove);
        below.forEach((path, how) -> files.put(to + path.substring(from.length()), how));
    }

    private Map<String, String> below(String directory) {
        return new TreeMap<>(files.subMap(directory + "/", directory + "0"));
    }

    Set<String> paths() {
        return new TreeSet<>(files.keySet());
    }

    List<String> faults() {
        return faults;
    }
}
