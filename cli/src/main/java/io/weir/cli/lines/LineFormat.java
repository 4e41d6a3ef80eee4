package io.weir.cli.lines;

/** Writes a line as text, without its end. Stateless; safe for all threads. */
@FunctionalInterface
interface LineFormat {
    String format(Line line);
}
