package io.weir.it.model;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An inode of the simulated file system. */
final class Node {
    /** A name in a directory, as the kernel's dentries are: it stays the same object when it is renamed. */
    static final class Name {
        final Node node;

        @Nullable
        Node parent;

        String name;

        Name(Node node, @Nullable Node parent, String name) {
            this.node = node;
            this.parent = parent;
            this.name = name;
        }
    }

    final long inode;
    final long born;
    /** Of a directory; null of a file. */
    final @Nullable Map<String, Name> entries;
    /** Of a directory: its one name. */
    @Nullable
    Name own;

    int mode;
    long uid;
    long gid;
    long size;
    int links = 1;
    long mtime;
    long ctime;
    int writers;

    Node(long inode, long born, boolean directory) {
        this.inode = inode;
        this.born = born;
        this.entries = directory ? new TreeMap<>() : null;
        this.mode = directory ? 0755 : 0644;
        this.uid = 1;
        this.gid = 1;
        this.mtime = born;
        this.ctime = born;
    }

    boolean isDirectory() {
        return entries != null;
    }

    Map<String, Name> entries() {
        if (entries == null) {
            throw new IllegalStateException("no directory: " + this);
        }
        return entries;
    }

    String id() {
        return "8:" + Long.toHexString(inode);
    }

    @Override
    public String toString() {
        return id() + "@" + born;
    }
}
