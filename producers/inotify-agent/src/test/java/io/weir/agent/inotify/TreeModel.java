package io.weir.agent.inotify;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Change;
import io.weir.agent.source.Observation.Found;
import io.weir.agent.source.Observation.Left;
import io.weir.agent.source.Observation.ScanFinished;
import io.weir.agent.source.Observation.ScanStarted;
import io.weir.agent.source.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tree as somebody would believe it to be who knows only what a source tells; collects what was told twice, and what
 * was told before the directory that it is in.
 */
final class TreeModel {
    private final Map<String, String> files = new TreeMap<>();
    private final Map<String, Set<String>> scans = new HashMap<>();
    final List<String> twice = new ArrayList<>();
    final List<String> orphans = new ArrayList<>();

    static TreeModel of(List<Observation> observations) {
        TreeModel model = new TreeModel();
        observations.forEach(model::take);
        return model;
    }

    void take(Observation observation) {
        if (observation instanceof Change c) {
            change(c);
        } else if (observation instanceof Found f) {
            found(f);
        } else if (observation instanceof Left l) {
            left(l);
        } else if (observation instanceof ScanStarted s) {
            scans.put(key(s.place()) + s.reason(), new HashSet<>());
        } else if (observation instanceof ScanFinished s) {
            finished(s);
        }
    }

    private void change(Change c) {
        String path = key(c.place());
        switch (c.type()) {
            case "created", "moved-in" -> appear(path, c.stat(), c.type());
            case "deleted", "moved-out" -> removeTree(path);
            case "moved" -> move(key(Objects.requireNonNull(c.previous())), path, c.stat());
            default -> know(path, c.stat());
        }
        seen(path);
    }

    private void left(Left l) {
        String from = key(l.place());
        String known = files.get(from);
        for (Found f : l.maybe()) {
            String to = key(f.place());
            if (known != null && !files.containsKey(to) && isSame(known, f.stat())) {
                move(from, to, f.stat());
                seen(to);
                return;
            }
        }
        removeTree(from);
    }

    private static boolean isSame(String known, FileStat stat) {
        return known.startsWith(stat.kind() + " " + stat.fileId() + " ");
    }

    /** What is moved in may replace what was there. */
    private void appear(String path, @Nullable FileStat stat, String type) {
        requireDirectory(path, type);
        String text = text(stat);
        String known = files.get(path);
        if (known != null && !type.equals("moved-in")) {
            twice.add(type + " " + path);
        }
        if (type.equals("moved-in")) {
            removeTree(path);
        }
        files.put(path, text);
    }

    private void requireDirectory(String path, String type) {
        String directory = path.substring(0, path.lastIndexOf('/'));
        if (!directory.endsWith(":") && !files.containsKey(directory)) {
            orphans.add(type + " " + path);
        }
    }

    private void know(String path, @Nullable FileStat stat) {
        if (stat != null && files.containsKey(path)) {
            files.put(path, text(stat));
        }
    }

    private void found(Found f) {
        String path = key(f.place());
        String known = files.get(path);
        boolean compares = f.reason().compares();
        if (compares) {
            requireDirectory(path, "found");
            files.put(path, text(f.stat()));
        } else if (known == null || !isSame(known, f.stat())) {
            appear(path, f.stat(), "found");
        }
        seen(path);
    }

    private void seen(String path) {
        scans.values().forEach(s -> s.add(path));
    }

    private void finished(ScanFinished s) {
        String top = key(s.place());
        Set<String> seen = scans.remove(top + s.reason());
        boolean compares = s.reason().compares();
        if (seen != null && s.unread().isEmpty() && compares) {
            files.keySet().removeIf(p -> (p.equals(top) || isBelow(p, top)) && !seen.contains(p));
        }
    }

    private void removeTree(String path) {
        files.keySet().removeIf(p -> p.equals(path) || isBelow(p, path));
    }

    private void move(String from, String to, @Nullable FileStat stat) {
        requireDirectory(to, "moved");
        Map<String, String> moved = new TreeMap<>();
        for (Map.Entry<String, String> e : files.entrySet()) {
            if (e.getKey().equals(from) || isBelow(e.getKey(), from)) {
                String path = to + e.getKey().substring(from.length());
                moved.put(path, e.getValue());
                scans.values().stream().filter(s -> s.contains(e.getKey())).forEach(s -> s.add(path));
            }
        }
        removeTree(from);
        removeTree(to);
        files.putAll(moved);
        files.put(to, stat == null ? moved.getOrDefault(to, "unknown") : text(stat));
    }

    private static boolean isBelow(String path, String top) {
        return path.startsWith(top.endsWith("/") ? top : top + "/");
    }

    private static String key(Place place) {
        return place.volume() + ":" + place.path();
    }

    /** A file's identity and what must be known at rest. */
    private static String text(@Nullable FileStat stat) {
        if (stat == null) {
            return "unknown";
        }
        String size = stat.kind().equals("file") ? " " + stat.size() : "";
        return stat.kind() + " " + stat.fileId() + " " + Integer.toOctalString(stat.mode()) + size;
    }

    static List<String> differences(Map<String, String> disk, Map<String, String> told) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> paths = new TreeSet<>(disk.keySet());
        paths.addAll(told.keySet());
        for (String path : paths) {
            if (!Objects.equals(disk.get(path), told.get(path))) {
                differences.add(path + ": disk " + disk.get(path) + ", told " + told.get(path));
            }
        }
        return differences;
    }

    /** Path to identity, without the roots themselves. */
    Map<String, String> files() {
        Map<String, String> copy = new TreeMap<>(files);
        copy.keySet().removeIf(p -> p.endsWith(":/"));
        return copy;
    }

    /** What is on the disk below a directory, in the same form. */
    static Map<String, String> disk(String volume, Path directory, InotifySource source) throws IOException {
        Map<String, String> disk = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            walk.filter(p -> !p.equals(directory)).forEach(p -> {
                Place place = new Place(volume, "/" + directory.relativize(p));
                source.stat(place).ifPresent(s -> disk.put(key(place), text(s)));
            });
        }
        return disk;
    }
}
