package io.weir.qumulo.emulator.settings;

/** How a watcher that was too slow learns of it; which of them a real cluster takes is not documented. */
public enum OverflowForm {
    /** The stream ends, and the next request to watch the directory is answered by the error. */
    NEXT_REQUEST,
    /** A data line with the error as an object, then the stream ends. */
    ERROR_LINE,
    /** A data line that is not JSON, then the stream ends. */
    PLAIN_LINE
}
