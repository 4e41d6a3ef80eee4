package io.weir.qumulo.emulator.tree;

import io.weir.qumulo.emulator.notify.NotifyType;
import java.util.List;

/** What is done to names: making, linking, moving, removing. Each works on an edit, and tells of it there. */
final class Entries {
    private Entries() {}

    static Inode create(TreeEdit edit, long directory, String name, FileType type, int mode, Body body) {
        TreeEdit.checkName(name);
        Inode inode = edit.hang(edit.make(type, mode, body), directory, name);
        edit.tell(inode.isDirectory() ? NotifyType.CHILD_DIR_ADDED : NotifyType.CHILD_FILE_ADDED, inode);
        edit.tellModified(directory);
        return inode;
    }

    /** A hard link; directories have none. */
    static Inode link(TreeEdit edit, FileRef existing, long directory, String name) {
        Inode inode = edit.get(existing);
        if (inode.isDirectory()) {
            throw FsError.NOT_A_FILE.of(existing.toString());
        }
        Inode linked = edit.hang(inode, directory, name);
        edit.tellAt(NotifyType.CHILD_FILE_ADDED, linked, new Link(directory, name));
        edit.tellModified(directory);
        return linked;
    }

    /** Told as a pair; an entry that is replaced is told as removed before. */
    static Inode rename(TreeEdit edit, FileRef from, long directory, String name, boolean clobber) {
        TreeEdit.checkName(name);
        Link source = edit.placeOf(from);
        Link target = new Link(directory, name);
        Inode inode = edit.get(from);
        if (inode.isDirectory() && edit.state().isWithin(edit.get(FileRef.id(directory)), inode.id())) {
            throw FsError.INVALID_NAME.of(name);
        }
        Long present = edit.get(FileRef.id(directory)).entries().get(name);
        if (present != null) {
            if (present == inode.id()) {
                return inode;
            }
            if (!clobber) {
                throw FsError.ENTRY_EXISTS.of(name);
            }
            replace(edit, inode, edit.get(FileRef.id(present)), target);
        }
        boolean isDirectory = inode.isDirectory();
        edit.tellAt(isDirectory ? NotifyType.CHILD_DIR_MOVED_FROM : NotifyType.CHILD_FILE_MOVED_FROM, inode, source);
        Inode moved = edit.hang(edit.unhang(inode, source), directory, name);
        edit.tellAt(isDirectory ? NotifyType.CHILD_DIR_MOVED_TO : NotifyType.CHILD_FILE_MOVED_TO, moved, target);
        edit.tellModified(source.directory());
        if (source.directory() != directory) {
            edit.tellModified(directory);
        }
        return moved;
    }

    private static void replace(TreeEdit edit, Inode inode, Inode present, Link target) {
        if (present.isDirectory() && !inode.isDirectory()) {
            throw FsError.NOT_A_FILE.of(target.name());
        }
        if (inode.isDirectory() && !present.isDirectory()) {
            throw FsError.NOT_A_DIRECTORY.of(target.name());
        }
        removeAt(edit, present, target);
    }

    /** A file, or a directory that is empty. */
    static void remove(TreeEdit edit, FileRef ref) {
        removeAt(edit, edit.get(ref), edit.placeOf(ref));
    }

    /** With all below, from the bottom upwards. */
    static void removeTree(TreeEdit edit, FileRef ref) {
        Link place = edit.placeOf(ref);
        Inode inode = edit.get(ref);
        if (inode.isDirectory()) {
            inode.entries().visitAfter(null, (name, id) -> {
                removeChild(edit, inode.id(), name, id);
                return true;
            });
        }
        removeAt(edit, edit.get(FileRef.id(inode.id())), place);
    }

    private static void removeChild(TreeEdit edit, long directory, String name, long id) {
        Inode inode = edit.get(FileRef.id(id));
        if (inode.isDirectory()) {
            inode.entries().visitAfter(null, (below, child) -> {
                removeChild(edit, id, below, child);
                return true;
            });
        }
        removeAt(edit, edit.get(FileRef.id(id)), new Link(directory, name));
    }

    private static void removeAt(TreeEdit edit, Inode inode, Link link) {
        boolean isDirectory = inode.isDirectory();
        if (isDirectory && inode.entries().size() > 0) {
            throw FsError.DIRECTORY_NOT_EMPTY.of(link.name());
        }
        if (isDirectory) {
            edit.tellAt(NotifyType.SELF_REMOVED, inode, link);
        }
        edit.tellAt(isDirectory ? NotifyType.CHILD_DIR_REMOVED : NotifyType.CHILD_FILE_REMOVED, inode, link);
        Inode rest = edit.unhang(inode, link);
        if (rest.links().equals(List.of())) {
            edit.drop(rest);
        }
        edit.tellModified(link.directory());
    }
}
