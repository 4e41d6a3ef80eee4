package io.weir.agent.qumulo;

import io.weir.agent.source.FileIdentity;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Settled;
import io.weir.agent.source.Place;
import io.weir.qumulo.client.FileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of which something was told, and whose state is not known since. They are read when there is time, some at once. What
 * was read counts once a position that was sent after the reading has come back through the stream: then all that led to it
 * was told, and a comparison after a break tells it no more. For one thread.
 */
final class Settling {
    /** Files that are remembered; of more, a comparison may tell what was told already. */
    private static final int MOST = 200_000;

    private static final int AT_ONCE = 500;

    /** @param renames how many directories had been told to have moved */
    private record Told(Place place, FileIdentity file, int renames) {}

    private record Rename(Place from, Place to) {}

    private record Read(Told told, FileAttributes now) {}

    private final Map<String, Told> unread = new LinkedHashMap<>();
    private final Map<String, Read> read = new HashMap<>();
    /** Being read. */
    private final Map<String, Told> taken = new HashMap<>();

    private final List<Rename> renames = new ArrayList<>();
    private String position = "";

    /** Something was told of a file that is there. */
    void told(Place place, FileIdentity file) {
        if (file.isComplete()) {
            read.remove(file.fileId());
            unread.remove(file.fileId());
            unread.put(file.fileId(), new Told(place, file, renames.size()));
            if (unread.size() > MOST) {
                Iterator<String> oldest = unread.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** A directory was told to have moved. */
    void renamed(Place from, Place to) {
        if (size() == 0) {
            renames.clear();
        } else {
            renames.add(new Rename(from, to));
        }
    }

    private Place now(Told told) {
        Place now = told.place();
        for (Rename rename : renames.subList(told.renames(), renames.size())) {
            now = Place.isAtOrBelow(now, rename.from()) ? Place.relocated(now, rename.from(), rename.to()) : now;
        }
        return now;
    }

    /** A file is not there any more. */
    void gone(FileIdentity file) {
        read.remove(file.fileId());
        unread.remove(file.fileId());
    }

    /** Files whose state is not known, or not yet of use. */
    int size() {
        return unread.size() + taken.size() + read.size();
    }

    /** Whether there is something to read, and nothing read that waits. */
    boolean isDue() {
        return read.isEmpty() && !unread.isEmpty();
    }

    /** Ids of the files to read next; they are not unread any more. */
    List<String> take() {
        List<String> ids = new ArrayList<>();
        Iterator<Map.Entry<String, Told>> next = unread.entrySet().iterator();
        while (next.hasNext() && ids.size() < AT_ONCE) {
            Map.Entry<String, Told> file = next.next();
            ids.add(file.getKey());
            taken.put(file.getKey(), file.getValue());
            next.remove();
        }
        return ids;
    }

    /**
     * They were read.
     *
     * @param sent the position that was sent after that
     */
    void read(Map<String, FileAttributes> now, String sent) {
        taken.forEach((id, told) -> {
            FileAttributes file = now.get(id);
            if (file != null) {
                read.put(id, new Read(told, file));
            }
        });
        taken.clear();
        position = sent;
    }

    /** A position has come back. */
    List<Observation> reached(String reached, long observedAt, ClusterFiles files) {
        List<Observation> settled = new ArrayList<>();
        if (reached.equals(position)) {
            for (Read file : read.values()) {
                Told told = file.told();
                settled.add(new Settled(
                        observedAt,
                        files.side(file.now(), now(told).path(), told.file().directoryId())));
            }
            read.clear();
        }
        return settled;
    }

    /** The stream has ended; what a comparison shows next is all told. */
    void clear() {
        unread.clear();
        read.clear();
        taken.clear();
        renames.clear();
    }
}
