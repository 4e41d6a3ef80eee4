package io.weir.cli.lines;

/** Writes a line as text, without its end. Stateless; safe for all threads. */
interface LineFormat {
    String format(Line line);

    /** The same with its time and place in the log. */
    String format(LoggedLine line);
}
