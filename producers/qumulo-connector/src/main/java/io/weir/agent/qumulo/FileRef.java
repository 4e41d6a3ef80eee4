package io.weir.agent.qumulo;

import java.nio.charset.StandardCharsets;

/**
 * A file as the API's URLs name it: by id or by absolute path, in either case as one path segment.
 *
 * @param segment percent-encoded, ready for a URL
 */
record FileRef(String segment) {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    /** By id. */
    static FileRef id(String id) {
        if (id.isEmpty() || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("file id='" + id + "': expected digits");
        }
        return new FileRef(id);
    }

    /**
     * By absolute path: the whole of it is one segment, {@code /a b} becomes {@code %2Fa%20b}. Encodes all but RFC 3986's
     * unreserved characters, as Qumulo's own client does.
     */
    static FileRef path(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path='" + path + "': expected an absolute path");
        }
        var out = new StringBuilder(path.length() + 16);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf((char) (b & 0xFF)) >= 0) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
            }
        }
        return new FileRef(out.toString());
    }
}
