package io.weir.qumulo.emulator.tree;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tree as it was.
 *
 * @param suffix what follows the id in its name
 * @param source the directory that it is of
 * @param expiration null: never
 * @param deletedAt when its deletion was asked for; it goes away in the background
 */
public record Snapshot(
        long id,
        String suffix,
        Instant taken,
        long source,
        @Nullable Instant expiration,
        @Nullable Instant deletedAt,
        TreeState state) {

    public String name() {
        return id + "_" + suffix;
    }

    public boolean isInDelete() {
        return deletedAt != null;
    }

    /**
     * A file as it was; what the snapshot does not cover is, as on a real cluster, read from the live tree without a word.
     *
     * @throws FileSystemException if there is none
     */
    public TreeState stateFor(FileRef ref, TreeState live) {
        if (source == Inode.ROOT) {
            return state;
        }
        Inode directory = state.getOrNull(source);
        if (directory == null) {
            return live;
        }
        boolean below = ref instanceof FileRef.ByPath
                ? (ref + "/").startsWith(state.pathOf(directory))
                : state.find(ref).filter(inode -> state.isWithin(inode, source)).isPresent();
        return below ? state : live;
    }
}
