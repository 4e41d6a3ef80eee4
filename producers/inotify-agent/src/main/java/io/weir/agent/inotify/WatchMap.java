package io.weir.agent.inotify;

import org.jspecify.annotations.Nullable;

/** From watch descriptor to node: open addressing over two arrays, linear probing. */
final class WatchMap {
    private int[] keys = new int[64];
    private @Nullable DirectoryNode[] nodes = new DirectoryNode[64];
    private int size;

    int size() {
        return size;
    }

    @Nullable
    DirectoryNode get(int watch) {
        for (int i = slot(watch); nodes[i] != null; i = next(i)) {
            if (keys[i] == watch) {
                return nodes[i];
            }
        }
        return null;
    }

    void put(int watch, DirectoryNode node) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int i = slot(watch);
        while (nodes[i] != null && keys[i] != watch) {
            i = next(i);
        }
        if (nodes[i] == null) {
            size++;
        }
        keys[i] = watch;
        nodes[i] = node;
    }

    void remove(int watch) {
        int i = slot(watch);
        while (nodes[i] != null && keys[i] != watch) {
            i = next(i);
        }
        if (nodes[i] == null) {
            return;
        }
        size--;
        closeHole(i);
    }

    /** Moves back what was pushed beyond the hole, so that probing never ends early. */
    private void closeHole(int from) {
        int hole = from;
        for (int i = next(hole); nodes[i] != null; i = next(i)) {
            int home = slot(keys[i]);
            boolean mayMove = hole <= i ? home <= hole || home > i : home <= hole && home > i;
            if (mayMove) {
                keys[hole] = keys[i];
                nodes[hole] = nodes[i];
                hole = i;
            }
        }
        nodes[hole] = null;
    }

    private void grow() {
        int[] oldKeys = keys;
        @Nullable DirectoryNode[] oldNodes = nodes;
        keys = new int[oldKeys.length * 2];
        nodes = new DirectoryNode[oldKeys.length * 2];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            DirectoryNode node = oldNodes[i];
            if (node != null) {
                put(oldKeys[i], node);
            }
        }
    }

    private int slot(int watch) {
        return (watch * 0x9E3779B9) >>> (32 - Integer.numberOfTrailingZeros(keys.length));
    }

    private int next(int i) {
        return (i + 1) & (keys.length - 1);
    }
}
