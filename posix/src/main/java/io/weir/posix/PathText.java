package io.weir.posix;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The reversible text form of Linux paths: UTF-8, where each byte that is not part of valid UTF-8 becomes the lone
 * surrogate U+DC80 to U+DCFF (the scheme of Python's {@code surrogateescape}, PEP 383).
 *
 * <p>{@code encode(decode(bytes))} gives back the same bytes, whatever they are. Stateless; safe for all threads.
 */
public final class PathText {
    private static final char ESCAPE_BASE = '\uDC00';

    private PathText() {}

    /** Decodes the bytes of a path or name; never fails. */
    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /** Decodes a part of an array; never fails. */
    public static String decode(byte[] bytes, int offset, int length) {
        if (isAscii(bytes, offset, length)) {
            return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        CharBuffer out = CharBuffer.allocate(length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (result.isUnderflow()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE_BASE + (in.get() & 0xFF)));
            }
            decoder.reset();
        }
    }

    /** Gives back the bytes that {@link #decode} took; for other text, its UTF-8. */
    public static byte[] encode(String text) {
        if (isValidUnicode(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] out = new byte[text.length() * 3];
        int length = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isEscape(c) || isLowHalfOfPair(text, i)) {
                continue;
            }
            length = append(out, length, text.substring(start, i));
            out[length++] = (byte) (c - ESCAPE_BASE);
            start = i + 1;
        }
        length = append(out, length, text.substring(start));
        return Arrays.copyOf(out, length);
    }

    /** Whether the text has no escaped byte, that is, the name is valid UTF-8. */
    public static boolean isValidUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && isEscape(text.charAt(i)) && !isLowHalfOfPair(text, i)) {
                return false;
            }
        }
        return true;
    }

    /** The text for people and for Avro strings: U+FFFD in place of each escaped byte. */
    public static String display(String text) {
        if (isValidUnicode(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            if (isEscape(text.charAt(i)) && !isLowHalfOfPair(text, i)) {
                out.setCharAt(i, '\uFFFD');
            }
        }
        return out.toString();
    }

    private static boolean isAscii(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEscape(char c) {
        return c >= '\uDC80' && c <= '\uDCFF';
    }

    private static boolean isLowHalfOfPair(String text, int i) {
        return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private static int append(byte[] out, int length, String valid) {
        byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, out, length, bytes.length);
        return length + bytes.length;
    }
}
