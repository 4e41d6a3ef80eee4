package io.weir.qumulo.client;

import io.weir.qumulo.client.rest.ApiRequest;

/**
 * A file by its id or by its absolute path.
 *
 * @param text digits, or a path that begins with a slash; not encoded
 */
public record FileRef(String text) {
    /** The directory that holds all others, by its id. */
    public static final FileRef ROOT = new FileRef("2");

    public FileRef {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits && !text.startsWith("/")) {
            throw new IllegalArgumentException("file='" + text + "': expected an id (digits) or an absolute path");
        }
    }

    /** By id. */
    public static FileRef id(String id) {
        if (id.startsWith("/")) {
            throw new IllegalArgumentException("file id='" + id + "': expected digits");
        }
        return new FileRef(id);
    }

    /** By absolute path. */
    public static FileRef path(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path='" + path + "': expected an absolute path");
        }
        return new FileRef(path);
    }

    /** Whether it is a path. */
    public boolean isPath() {
        return text.startsWith("/");
    }

    /** As the API's URLs name it: in either case one path segment, {@code /a b} is {@code %2Fa%20b}. */
    String segment() {
        return ApiRequest.encode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
