package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** The optional {@code FileState} within an event's bytes: walked over once, each field decoded when asked for. */
final class StateBytes {
    private final AvroCursor cursor;

    private byte[] bytes = new byte[0];
    private boolean present;
    private int fileIdAt;
    private int fileIdLength;
    private int kindAt;
    private int kindLength;
    private int sizeAt;
    private int mode;
    private int ownerAt;
    private int ownerLength;
    private int groupAt;
    private int groupLength;
    private int mtimeAt;

    StateBytes(AvroCursor cursor) {
        this.cursor = cursor;
    }

    /** Walks over the union at the cursor. */
    void read(byte[] event) {
        bytes = event;
        present = cursor.present();
        if (present) {
            readFields();
        }
    }

    private void readFields() {
        fileIdLength = cursor.length();
        fileIdAt = pass(fileIdLength);
        kindLength = cursor.length();
        kindAt = pass(kindLength);
        sizeAt = cursor.skipNumber();
        mode = cursor.integer();
        ownerLength = cursor.length();
        ownerAt = pass(ownerLength);
        groupLength = cursor.length();
        groupAt = pass(groupLength);
        cursor.skipOptionalNumber();
        cursor.skipOptionalNumber();
        cursor.skipOptionalNumber();
        mtimeAt = cursor.skipNumber();
        cursor.skipNumber();
        cursor.skipOptionalNumber();
    }

    private int pass(int length) {
        int start = cursor.position();
        cursor.moveTo(start + length);
        return start;
    }

    @Nullable
    String fileId() {
        return present ? new String(bytes, fileIdAt, fileIdLength, UTF_8) : null;
    }

    @Nullable
    String kind(TextCache texts) {
        return present ? texts.text(bytes, kindAt, kindLength) : null;
    }

    long size() {
        return present ? cursor.numberAt(sizeAt) : -1;
    }

    int mode() {
        return present ? mode : -1;
    }

    @Nullable
    String owner(TextCache texts) {
        return present ? texts.text(bytes, ownerAt, ownerLength) : null;
    }

    @Nullable
    String group(TextCache texts) {
        return present ? texts.text(bytes, groupAt, groupLength) : null;
    }

    long mtimeNanos() {
        return present ? cursor.numberAt(mtimeAt) : -1;
    }
}
