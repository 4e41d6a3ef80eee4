package io.weir.cli.lines;

import io.weir.cli.StopRequest;
import java.io.PrintWriter;
import java.util.List;
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
        accept(List.of(line));
    }

    /** Several lines, in one writing. */
    public void accept(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(format.format(line)).append('\n'));
        print(text);
    }

    /** Several lines of the log, in one writing. */
    public void acceptLogged(List<LoggedLine> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(format.format(line)).append('\n'));
        print(text);
    }

    private synchronized void print(CharSequence text) {
        out.append(text);
        // Also flushes. A reader that has gone away, as in `weir watch | head`, ends the command.
        if (out.checkError()) {
            stop.request();
        }
    }
}
