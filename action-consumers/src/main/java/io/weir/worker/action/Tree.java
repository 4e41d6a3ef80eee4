package io.weir.worker.action;

import io.weir.posix.Errno;
import io.weir.posix.PathText;
import io.weir.posix.PosixException;
import io.weir.worker.ActionException;
import io.weir.worker.VolumeFiles;
import io.weir.worker.VolumeFiles.Entry;
import io.weir.worker.files.ReservedPaths;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What lies below a directory. */
final class Tree {
    /** So many are looked at in one action; some 100 bytes each are held. */
    static final int MOST = 100_000;

    private Tree() {}

    /**
     * All entries below, each after its directory. Symbolic links are not followed, and file systems mounted below are left
     * out with their mount points, and so is what is kept for marks. What vanishes meanwhile is left out.
     *
     * @throws ActionException refused, if there are more than {@link #MOST}
     */
    static List<Entry> below(VolumeFiles files, Entry top) throws ActionException, IOException {
        List<Entry> all = new ArrayList<>();
        Deque<Entry> directories = new ArrayDeque<>(List.of(top));
        while (!directories.isEmpty()) {
            Entry directory = directories.pop();
            for (Entry entry : list(files, directory.path(), MOST + 1 - all.size())) {
                if (!device(entry).equals(device(top)) || ReservedPaths.contains(entry.path())) {
                    continue;
                }
                all.add(entry);
                if (entry.isDirectory()) {
                    directories.push(entry);
                }
            }
            if (all.size() > MOST) {
                throw ActionException.refused("directory='" + PathText.display(top.path()) + "' has more than " + MOST
                        + " entries below it, more than one action looks at; nothing was changed. Let the rule match"
                        + " smaller directories, or have a program do it, by exec");
            }
        }
        return all;
    }

    private static List<Entry> list(VolumeFiles files, String directory, int most) throws IOException {
        try {
            return files.list(directory, most);
        } catch (PosixException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR || e.errno() == Errno.ELOOP) {
                return List.of();
            }
            throw e;
        }
    }

    /** Nothing where file ids tell none: there nothing else is mounted below. */
    private static String device(Entry entry) {
        return entry.fileId().substring(0, Math.max(0, entry.fileId().indexOf(':')));
    }
}
