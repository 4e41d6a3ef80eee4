package io.weir.qumulo.emulator.notify;

/** How a stream comes to its end. */
public enum StreamEnd {
    /** In order: the last chunk, and the connection closes. */
    CLEAN,
    /** In the middle of a data line: half an event, then as {@link #CLEAN}. */
    HALF_LINE,
    /** Half an event, and the connection closes without the last chunk: the client sees a truncated answer. */
    CUT,
    /** By RST. */
    RESET,
    /** It was too slow; told as the switch says. */
    OVERFLOW,
    /** The other side has gone. */
    GONE
}
