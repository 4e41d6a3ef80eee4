package io.weir.cli.search;

/** Looks into records without decoding them. */
public final class RecordBytes {
    private RecordBytes() {}

    /** Whether some bytes lie in a value. */
    public static boolean isIn(byte[] value, byte[] wanted) {
        for (int i = 0; i <= value.length - wanted.length; i++) {
            int k = 0;
            while (k < wanted.length && value[i + k] == wanted[k]) {
                k++;
            }
            if (k == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
