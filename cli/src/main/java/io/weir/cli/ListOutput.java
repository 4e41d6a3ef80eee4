package io.weir.cli;

import io.weir.cli.lines.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** In which form a list is printed. */
public final class ListOutput {
    private enum Form {
        TABLE,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            order = 6,
            defaultValue = "table",
            description = "table, or json (one object a line).")
    private Form form = Form.TABLE;

    /**
     * How entries are shown as a table.
     *
     * @param heads of its columns
     * @param row of an entry, as many cells
     */
    public record Table<T>(List<String> heads, Function<T, List<String>> row) {}

    /**
     * Prints a list.
     *
     * @param none what is said in place of a table without rows
     */
    public <T> void print(
            List<T> entries, Table<T> table, Function<T, JsonObject> json, String none, CommandOutput output) {
        if (form == Form.JSON) {
            entries.forEach(entry -> output.line(json.apply(entry).text()));
        } else if (entries.isEmpty()) {
            output.note(none);
        } else {
            List<List<String>> rows = new ArrayList<>(List.of(table.heads()));
            entries.forEach(entry -> rows.add(table.row().apply(entry)));
            output.table(rows);
        }
    }
}
