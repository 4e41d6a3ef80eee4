package io.weir.filter;

/**
 * Walks over Avro's binary encoding without building objects (Avro 1.12 specification, "Binary encoding"). Every step is
 * checked against the end, so that a damaged record is told and never read past. Not safe for several threads.
 */
final class AvroCursor {
    private static final int LONGEST_VARINT = 64;
    private static final int LONGEST_VARINT_BYTES = 10;

    private byte[] bytes = new byte[0];
    private int at;

    void reset(byte[] newBytes, int start) {
        bytes = newBytes;
        at = start;
    }

    void moveTo(int position) {
        at = position;
    }

    int position() {
        return at;
    }

    /** The next int or long: a zig-zag varint. */
    long number() {
        byte[] in = bytes;
        int i = at;
        if (i < in.length && in[i] >= 0) {
            at = i + 1;
            long value = in[i];
            return (value >>> 1) ^ -(value & 1);
        }
        return longNumber();
    }

    private long longNumber() {
        long value = 0;
        for (int shift = 0; shift < LONGEST_VARINT; shift += 7) {
            if (at >= bytes.length) {
                throw broken("a number", "the record ends");
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw broken("a number of at most " + LONGEST_VARINT_BYTES + " bytes", "a longer one");
    }

    /** Goes over a number; gives where it begins. */
    int skipNumber() {
        int start = at;
        int end = Math.min(bytes.length, start + LONGEST_VARINT_BYTES);
        for (int i = start; i < end; i++) {
            if (bytes[i] >= 0) {
                at = i + 1;
                return start;
            }
        }
        throw broken(
                "a number of at most " + LONGEST_VARINT_BYTES + " bytes",
                end == bytes.length ? "the record ends" : "a longer one");
    }

    /** The number that begins at a position which {@link #skipNumber} gave. */
    long numberAt(int position) {
        at = position;
        return number();
    }

    /** The next int. */
    int integer() {
        long value = number();
        if (value != (int) value) {
            throw broken("an int", "number='" + value + "'");
        }
        return (int) value;
    }

    /** Reads the length of a string or of bytes; they begin at {@link #position} then. */
    int length() {
        long length = number();
        if (length < 0 || length > bytes.length - at) {
            throw broken("a length of at most " + (bytes.length - at), "length='" + length + "'");
        }
        return (int) length;
    }

    /** Goes over a string or bytes. */
    void skipText() {
        int length = length();
        at += length;
    }

    /** Reads the branch of a union of null and something: true if it is there. */
    boolean present() {
        long branch = number();
        if (branch != 0 && branch != 1) {
            throw broken("union branch 0 or 1", "branch='" + branch + "'");
        }
        return branch == 1;
    }

    void skipOptionalText() {
        if (present()) {
            skipText();
        }
    }

    void skipOptionalNumber() {
        if (present()) {
            skipNumber();
        }
    }

    /** Checks that nothing follows. */
    void requireEnd() {
        if (at != bytes.length) {
            throw broken("the end of the record", (bytes.length - at) + " bytes more");
        }
    }

    private UndecodableException broken(String expected, String found) {
        return new UndecodableException("Avro value undecodable at byte " + at + " of " + bytes.length + ": expected "
                + expected + ", found " + found);
    }
}
