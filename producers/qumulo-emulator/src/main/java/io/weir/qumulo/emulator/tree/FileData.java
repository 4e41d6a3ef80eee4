package io.weir.qumulo.emulator.tree;

import java.util.ArrayList;
import java.util.Arrays;

/** The bytes of a file or stream: sparse, immutable, in blocks that versions share. */
public final class FileData {
    public static final FileData EMPTY = new FileData(0, PersistentMap.empty());
    private static final int BLOCK = 4096;

    private final long size;
    private final PersistentMap<Long, byte[]> blocks;

    private FileData(long size, PersistentMap<Long, byte[]> blocks) {
        this.size = size;
        this.blocks = blocks;
    }

    public static FileData of(byte[] bytes) {
        return EMPTY.write(0, bytes);
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** How many blocks of 4096 bytes hold something. */
    public int blockCount() {
        return blocks.size();
    }

    /**
     * A part, or what the file has of it.
     *
     * @throws IndexOutOfBoundsException if the part is longer than an array can be, or begins before the file
     */
    public byte[] read(long offset, long length) {
        long end = Math.min(size, length > size - offset ? size : offset + length);
        if (offset < 0 || end - offset > Integer.MAX_VALUE - 8) {
            throw new IndexOutOfBoundsException("offset " + offset + ", length " + length);
        }
        byte[] part = new byte[(int) Math.max(0, end - offset)];
        long at = offset;
        while (at < end) {
            byte[] block = blocks.get(at / BLOCK);
            int from = (int) (at % BLOCK);
            int count = (int) Math.min(BLOCK - from, end - at);
            if (block != null && from < block.length) {
                System.arraycopy(block, from, part, (int) (at - offset), Math.min(count, block.length - from));
            }
            at += count;
        }
        return part;
    }

    FileData write(long offset, byte[] bytes) {
        PersistentMap<Long, byte[]> changed = blocks;
        int done = 0;
        while (done < bytes.length) {
            long at = offset + done;
            int from = (int) (at % BLOCK);
            int count = Math.min(BLOCK - from, bytes.length - done);
            byte[] old = changed.get(at / BLOCK);
            byte[] block =
                    old == null ? new byte[from + count] : Arrays.copyOf(old, Math.max(old.length, from + count));
            System.arraycopy(bytes, done, block, from, count);
            changed = changed.with(at / BLOCK, block);
            done += count;
        }
        return new FileData(Math.max(size, offset + bytes.length), changed);
    }

    FileData resize(long newSize) {
        if (newSize >= size) {
            return new FileData(newSize, blocks);
        }
        PersistentMap<Long, byte[]> kept = blocks;
        long last = newSize / BLOCK;
        var beyond = new ArrayList<Long>();
        blocks.visitAfter(last, (index, block) -> beyond.add(index));
        for (Long index : beyond) {
            kept = kept.without(index);
        }
        byte[] cut = kept.get(last);
        int left = (int) (newSize % BLOCK);
        if (cut != null) {
            kept = left == 0 ? kept.without(last) : kept.with(last, Arrays.copyOf(cut, Math.min(cut.length, left)));
        }
        return new FileData(newSize, kept);
    }
}
