package io.weir.qumulo.emulator.tree;

import io.weir.qumulo.emulator.notify.NotifyType;
import java.util.function.UnaryOperator;

/** What is done to data and to alternate data streams. Each works on an edit, and tells of it there. */
final class Contents {
    private Contents() {}

    /** New data, told as size (if it differs), data and modification time. */
    static Inode write(TreeEdit edit, FileRef ref, UnaryOperator<FileData> change) {
        Inode inode = edit.get(ref);
        Body.File file = inode.file();
        FileData data = change.apply(file.data());
        Inode written = edit.put(inode.with(new Body.File(data, file.revision() + 1, file.streams()), edit.now()));
        if (data.size() != file.data().size()) {
            edit.tell(NotifyType.CHILD_SIZE_CHANGED, written);
        }
        edit.tell(NotifyType.CHILD_DATA_WRITTEN, written);
        edit.tell(NotifyType.CHILD_MTIME_CHANGED, written);
        return written;
    }

    /** Cut or lengthened, without data being written. */
    static Inode resize(TreeEdit edit, FileRef ref, long size) {
        Inode inode = edit.get(ref);
        Body.File file = inode.file();
        if (file.data().size() == size) {
            return inode;
        }
        Body body = new Body.File(file.data().resize(size), file.revision() + 1, file.streams());
        Inode resized = edit.put(inode.with(body, edit.now()));
        edit.tell(NotifyType.CHILD_SIZE_CHANGED, resized);
        edit.tell(NotifyType.CHILD_MTIME_CHANGED, resized);
        return resized;
    }

    static Inode addStream(TreeEdit edit, FileRef ref, String name) {
        Inode inode = edit.get(ref);
        PersistentMap<String, FileData> streams = inode.file().streams();
        if (streams.get(name) != null) {
            throw FsError.ENTRY_EXISTS.of(name);
        }
        Inode changed = withStreams(edit, inode, streams.with(name, FileData.EMPTY));
        edit.tellStream(NotifyType.CHILD_STREAM_ADDED, changed, name);
        return changed;
    }

    static Inode writeStream(TreeEdit edit, FileRef ref, String name, byte[] bytes) {
        Inode inode = edit.get(ref);
        FileData old = stream(inode, name);
        Inode changed = withStreams(edit, inode, inode.file().streams().with(name, FileData.of(bytes)));
        if (old.size() != bytes.length) {
            edit.tellStream(NotifyType.CHILD_STREAM_SIZE_CHANGED, changed, name);
        }
        edit.tellStream(NotifyType.CHILD_STREAM_DATA_WRITTEN, changed, name);
        return changed;
    }

    static Inode renameStream(TreeEdit edit, FileRef ref, String from, String to) {
        Inode inode = edit.get(ref);
        FileData data = stream(inode, from);
        PersistentMap<String, FileData> streams = inode.file().streams();
        if (streams.get(to) != null) {
            throw FsError.ENTRY_EXISTS.of(to);
        }
        Inode changed = withStreams(edit, inode, streams.without(from).with(to, data));
        edit.tellStream(NotifyType.CHILD_STREAM_MOVED_FROM, changed, from);
        edit.tellStream(NotifyType.CHILD_STREAM_MOVED_TO, changed, to);
        return changed;
    }

    static Inode removeStream(TreeEdit edit, FileRef ref, String name) {
        Inode inode = edit.get(ref);
        stream(inode, name);
        Inode changed = withStreams(edit, inode, inode.file().streams().without(name));
        edit.tellStream(NotifyType.CHILD_STREAM_REMOVED, changed, name);
        return changed;
    }

    private static FileData stream(Inode inode, String name) {
        FileData data = inode.file().streams().get(name);
        if (data == null) {
            throw FsError.NO_SUCH_ENTRY.of(name);
        }
        return data;
    }

    private static Inode withStreams(TreeEdit edit, Inode inode, PersistentMap<String, FileData> streams) {
        Body.File file = inode.file();
        return edit.put(inode.with(new Body.File(file.data(), file.revision(), streams), edit.now()));
    }
}
