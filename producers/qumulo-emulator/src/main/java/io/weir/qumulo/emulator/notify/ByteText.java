package io.weir.qumulo.emulator.notify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow as text is added. For one thread. */
final class ByteText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[64 * 1024];
    private int length;

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    ByteText ascii(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
        return this;
    }

    ByteText ascii(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    ByteText bytes(byte[] added) {
        reserve(added.length);
        System.arraycopy(added, 0, bytes, length, added.length);
        length += added.length;
        return this;
    }

    /** A number that is not negative. */
    ByteText number(long number) {
        reserve(20);
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Escaped as the inside of a JSON string. */
    ByteText json(String text) {
        int count = text.length();
        reserve(count * 6);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // The rest by the JDK, which knows pairs of surrogates; what it has to escape it escapes one by one.
                return beyondAscii(text.substring(i));
            }
            escaped(c);
        }
        return this;
    }

    private ByteText beyondAscii(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        reserve(encoded.length * 6);
        for (byte b : encoded) {
            if (b < 0) {
                bytes[length++] = b;
            } else {
                escaped((char) b);
            }
        }
        return this;
    }

    private void escaped(char c) {
        if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c >= 0x20) {
            bytes[length++] = (byte) c;
        } else {
            ascii("\\u00");
            bytes[length++] = HEX[c >> 4];
            bytes[length++] = HEX[c & 0xF];
        }
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
