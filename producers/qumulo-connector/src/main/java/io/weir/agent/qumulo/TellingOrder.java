package io.weir.agent.qumulo;

import io.weir.agent.source.Observation.Difference;
import io.weir.agent.source.Observation.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings differences into an order in which each is true of the tree as told until then: what is at a place goes before
 * something else comes there; directories come before what comes into them; what leaves a directory is told before that
 * goes. Where files have changed places in a circle, one is told to be gone, and at last to come. For one use.
 */
final class TellingOrder {
    private final List<Difference> all;
    private final TreeMap<String, Difference> leaving = new TreeMap<>();
    /** By directory id and name, which the renaming of directories leaves as they are. */
    private final Map<String, Difference> occupants = new HashMap<>();

    private final Map<String, Difference> coming = new HashMap<>();
    private final Set<Difference> begun = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Difference> split = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Difference> done = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Difference> ordered = new ArrayList<>();

    TellingOrder(List<Difference> differences) {
        this.all = new ArrayList<>(differences);
        for (Difference difference : differences) {
            if (leaves(difference)) {
                leaving.put(path(difference.before()), difference);
                occupants.put(name(difference.before()), difference);
            }
            if (comes(difference)) {
                coming.put(path(difference.now()), difference);
            }
        }
    }

    List<Difference> ordered() {
        // What comes, and what has changed, by path; then what is gone, directories last.
        all.sort(Comparator.comparing((Difference d) -> d.now() == null)
                .thenComparing((one, other) -> one.now() == null
                        ? path(other.before()).compareTo(path(one.before()))
                        : path(one.now()).compareTo(path(other.now()))));
        all.forEach(this::tell);
        return ordered;
    }

    private static boolean leaves(Difference difference) {
        Side before = difference.before();
        Side now = difference.now();
        return before != null && (now == null || !name(now).equals(name(before)));
    }

    private static boolean comes(Difference difference) {
        Side before = difference.before();
        Side now = difference.now();
        return now != null && (before == null || !name(now).equals(name(before)));
    }

    private static String name(@Nullable Side side) {
        String path = path(side);
        return side == null ? "" : side.file().directoryId() + path.substring(path.lastIndexOf('/'));
    }

    private static String path(@Nullable Side side) {
        return side == null ? "" : side.place().path();
    }

    private void tell(Difference difference) {
        if (done.contains(difference) || !begun.add(difference)) {
            return;
        }
        if (comes(difference)) {
            makeRoom(difference);
        }
        if (difference.now() == null) {
            String from = path(difference.before());
            List.copyOf(leaving.subMap(from + "/", true, from + "0", false)
                            .descendingMap()
                            .values())
                    .forEach(this::tell);
        }
        boolean alreadyGone = split.contains(difference);
        ordered.add(
                alreadyGone
                        ? new Difference(difference.observedAt(), null, difference.now(), difference.changes())
                        : difference);
        done.add(difference);
    }

    private void makeRoom(Difference difference) {
        String to = path(difference.now());
        for (String above = SnapshotFiles.parent(to); !above.equals("/"); above = SnapshotFiles.parent(above)) {
            Difference directory = coming.get(above);
            if (directory != null) {
                tell(directory);
            }
        }
        Difference occupant = occupants.get(name(difference.now()));
        if (occupant == null || occupant.equals(difference) || done.contains(occupant)) {
            return;
        }
        if (begun.contains(occupant)) {
            ordered.add(new Difference(occupant.observedAt(), occupant.before(), null, List.of()));
            split.add(occupant);
        } else {
            tell(occupant);
        }
    }
}
