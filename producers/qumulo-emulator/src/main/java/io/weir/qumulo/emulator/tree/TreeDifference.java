package io.weir.qumulo.emulator.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares two states below one directory; the cost grows with what changed, not with the tree. For one thread. */
public final class TreeDifference {
    private final TreeState older;
    private final TreeState newer;
    private final long source;
    private final List<TreeChange> changes = new ArrayList<>();
    private final Map<Long, Boolean> inPlace = new HashMap<>();

    private TreeDifference(TreeState older, TreeState newer, long source) {
        this.older = older;
        this.newer = newer;
        this.source = source;
    }

    /** By path, at the same path what is gone before what came. */
    public static List<TreeChange> between(TreeState older, TreeState newer, long source) {
        var difference = new TreeDifference(older, newer, source);
        older.inodes().differences(newer.inodes(), difference::inode);
        difference.changes.sort(
                Comparator.comparing(TreeChange::path).thenComparing(change -> change.op() != TreeChange.Op.DELETE));
        return difference.changes;
    }

    private void inode(Long id, @Nullable Inode before, @Nullable Inode after) {
        if (before == null || after == null || before.looksLike(after)) {
            return; // What came, went or moved is told by the entries of its directory.
        }
        if (before.isDirectory()) {
            if (isInPlace(id)) {
                modified(newer.pathOf(after));
                before.entries().differences(after.entries(), (name, old, now) -> entry(id, name, old, now));
            }
            return;
        }
        for (Link link : after.links()) {
            if (before.links().contains(link) && isInPlace(link.directory())) {
                modified(newer.pathOf(link));
            }
        }
    }

    private void entry(long directory, String name, @Nullable Long before, @Nullable Long after) {
        var link = new Link(directory, name);
        if (before != null && before.equals(after)) {
            return;
        }
        if (before != null) {
            changes.add(new TreeChange(TreeChange.Op.DELETE, path(older, link, before)));
        }
        if (after != null) {
            changes.add(new TreeChange(TreeChange.Op.CREATE, path(newer, link, after)));
        }
    }

    private static String path(TreeState state, Link link, long id) {
        String path = state.pathOf(link);
        return state.get(id).isDirectory() ? path + "/" : path;
    }

    private void modified(String path) {
        changes.add(new TreeChange(TreeChange.Op.MODIFY, path));
    }

    /** Whether a directory is, from the source downwards, where it was. */
    private boolean isInPlace(long id) {
        if (id == source) {
            return older.getOrNull(id) != null && newer.getOrNull(id) != null;
        }
        Boolean known = inPlace.get(id);
        if (known == null) {
            Inode before = older.getOrNull(id);
            Inode after = newer.getOrNull(id);
            known = before != null
                    && after != null
                    && !after.links().isEmpty()
                    && before.links().equals(after.links())
                    && isInPlace(after.links().get(0).directory());
            inPlace.put(id, known);
        }
        return known;
    }
}
