package io.weir.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What a command writes: results to standard output, what accompanies them to standard error. */
public record CommandOutput(PrintWriter out, PrintWriter err) {
    public static CommandOutput of(CommandSpec spec) {
        return new CommandOutput(spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    /** A line of the result. */
    public void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Something to know that is not the result. */
    public void note(String text) {
        err.println("weir: " + text);
        err.flush();
    }

    /** Rows in columns as wide as they need to be, the first row being the head; nothing but the head if there are no rows. */
    public void table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                text.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 3));
            }
            out.println(text.toString().stripTrailing());
        }
        out.flush();
    }
}
