package io.weir.qumulo.emulator;

/**
 * A request that came.
 *
 * @param path as it was sent: not decoded, but without the prefix {@code /api}
 * @param query as it was sent; empty if there was none
 */
public record SeenRequest(String method, String path, String query) {
    /** Method and path, such as {@code GET /v1/version}. */
    public String call() {
        return method + " " + path;
    }
}
