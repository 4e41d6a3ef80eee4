package io.weir.agent.randomised;

import io.weir.posix.Directory;
import io.weir.posix.FileStatus;
import io.weir.posix.PosixException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is on the disk. */
public final class RealTree {
    private RealTree() {}

    /** Path within the directory to what must be known of it; paths in the text form of {@code PathText}. */
    public static Map<String, Known> below(Path directory) throws PosixException {
        Map<String, Known> files = new TreeMap<>();
        list(directory.toString(), "", files);
        return files;
    }

    private static void list(String directory, String prefix, Map<String, Known> files) throws PosixException {
        List<String> directories = new ArrayList<>();
        try (Directory open = Directory.open(directory)) {
            open.list(name -> {
                FileStatus status = open.lstat(name);
                files.put(prefix + "/" + name, Known.of(status));
                if (status.isDirectory()) {
                    directories.add(name);
                }
            });
        }
        for (String name : directories) {
            list(directory + "/" + name, prefix + "/" + name, files);
        }
    }

    /** A path for people, on one line. */
    static String shown(String path) {
        return path.replace("\n", "\\n").replace("\udcff", "\\xff");
    }

    /** Deletes all below a directory, and it. */
    public static void delete(String directory) {
        List<String> names = new ArrayList<>();
        try (Directory open = Directory.open(directory)) {
            open.list(names::add);
        } catch (PosixException e) {
            return;
        }
        for (String name : names) {
            String path = directory + "/" + name;
            if (Syscalls.unlink(Syscalls.path(path)) != 0) {
                delete(path);
            }
        }
        Syscalls.rmdir(Syscalls.path(directory));
    }

    /** Where what was told differs from what is there, as far as it is promised; one line each. */
    public static List<String> differences(Map<String, Known> disk, Map<String, Known> told, Unpromised unpromised) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> paths = new TreeSet<>(disk.keySet());
        paths.addAll(told.keySet());
        for (String path : paths) {
            Known is = disk.get(path);
            Known believed = told.get(path);
            if (is == null || believed == null || !isAsPromised(is, believed, unpromised)) {
                differences.add(shown(path) + ": disk " + is + ", told " + believed);
            }
        }
        return differences;
    }

    private static boolean isAsPromised(Known is, Known told, Unpromised unpromised) {
        if (told.equals(Known.NOTHING)) {
            // of what is no file nothing more may come that would show its state
            return !is.isRegularFile() || unpromised.isLinked(is);
        }
        return unpromised.isLinked(is) ? is.identity().equals(told.identity()) : is.equals(told);
    }
}
