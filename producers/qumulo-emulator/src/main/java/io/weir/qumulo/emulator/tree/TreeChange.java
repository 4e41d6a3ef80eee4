package io.weir.qumulo.emulator.tree;

/** One line of a comparison of snapshots: an absolute path, with a slash at its end if it is a directory. */
public record TreeChange(Op op, String path) {
    /** As the API spells them. */
    public enum Op {
        CREATE,
        MODIFY,
        DELETE
    }
}
