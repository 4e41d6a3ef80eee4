package io.weir.agent.qumulo;

import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileRef;
import io.weir.qumulo.client.FileView;
import io.weir.qumulo.client.Pages;
import io.weir.qumulo.client.rest.QumuloException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files of one state of the tree by their paths, read several at a time; many of one directory are read by listing it. What
 * is not there is left out. For one thread.
 */
final class SnapshotFiles {
    private static final int WORTH_A_LIST = 8;

    /** A file, under one of its names. */
    record Entry(FileAttributes file, String path, String directoryId) {}

    private final FileView view;
    private final ClusterFiles pool;
    private final Map<String, String> directories = new ConcurrentHashMap<>();

    SnapshotFiles(FileView view, ClusterFiles pool) {
        this.view = view;
        this.pool = pool;
        directories.put("/", FileRef.ROOT.text());
    }

    List<Entry> read(Collection<String> paths) throws QumuloException, InterruptedException {
        Map<String, List<String>> byDirectory = new LinkedHashMap<>();
        for (String path : paths) {
            if (!path.equals("/")) { // The root has no name that could change.
                byDirectory
                        .computeIfAbsent(parent(path), p -> new ArrayList<>())
                        .add(path);
            }
        }
        List<Callable<List<Entry>>> calls = new ArrayList<>();
        byDirectory.forEach((directory, in) -> calls.add(() -> read(directory, in)));
        return pool.all(calls).stream().flatMap(List::stream).toList();
    }

    private List<Entry> read(String directory, List<String> paths) throws QumuloException {
        List<Entry> entries = new ArrayList<>();
        Optional<String> id = idOf(directory);
        if (id.isEmpty()) {
            return entries;
        }
        if (paths.size() < WORTH_A_LIST) {
            for (String path : paths) {
                view.find(FileRef.path(path)).ifPresent(file -> entries.add(new Entry(file, path, id.get())));
            }
            return entries;
        }
        Map<String, Entry> all = new HashMap<>();
        list(directory, id.get()).forEach(entry -> all.put(entry.path(), entry));
        for (String path : paths) {
            Entry entry = all.get(path);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private Optional<String> idOf(String directory) throws QumuloException {
        String known = directories.get(directory);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> id = view.find(FileRef.path(directory)).map(FileAttributes::id);
        id.ifPresent(found -> directories.put(directory, found));
        return id;
    }

    /** All below a directory, parents first. */
    List<Entry> below(Entry directory) throws QumuloException, InterruptedException {
        List<Entry> all = new ArrayList<>();
        List<Entry> level = List.of(directory);
        while (!level.isEmpty()) {
            List<Callable<List<Entry>>> calls = new ArrayList<>();
            for (Entry entry : level) {
                calls.add(() -> list(entry.path(), entry.file().id()));
            }
            List<Entry> found = pool.all(calls).stream().flatMap(List::stream).toList();
            all.addAll(found);
            level = found.stream().filter(entry -> entry.file().isDirectory()).toList();
        }
        return all;
    }

    private List<Entry> list(String directory, String id) throws QumuloException {
        List<Entry> entries = new ArrayList<>();
        Pages<FileAttributes> pages = view.list(FileRef.id(id));
        for (Optional<List<FileAttributes>> page = pages.next(); page.isPresent(); page = pages.next()) {
            for (FileAttributes file : page.get()) {
                entries.add(new Entry(file, child(directory, file.name()), id));
            }
        }
        return entries;
    }

    static String child(String directory, String name) {
        return directory.equals("/") ? "/" + name : directory + "/" + name;
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
