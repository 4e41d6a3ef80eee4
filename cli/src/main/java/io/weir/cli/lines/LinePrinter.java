package io.weir.cli.lines;

import io.weir.cli.StopRequest;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** Prints lines, each whole and at once, whatever thread they come from. Asks for a stop when nobody reads any more. */
public final class LinePrinter implements Consumer<Line> {
    private final LineFormat format;
    private final PrintWriter out;
    private final StopRequest stop;

    public LinePrinter(boolean json, PrintWriter out, StopRequest stop) {
        this.format = json ? new JsonFormat() : new HumanFormat();
        this.out = out;
        this.stop = stop;
    }

    @Override
    public void accept(Line line) {
        print(format.format(line));
    }

    private synchronized void print(String text) {
        out.print(text);
        out.print('\n');
        // Also flushes. A reader that has gone away, as in `weir watch | head`, ends the command.
        if (out.checkError()) {
            stop.request();
        }
    }
}
