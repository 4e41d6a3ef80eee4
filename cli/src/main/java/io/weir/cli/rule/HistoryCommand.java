package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.JsonObject;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir rules history}. */
@Command(
        name = "history",
        description = {
            "Show the versions of a rule, the newest last: who, when, what and why.",
            "A version's number is its offset in weir.rules; 'weir rules rollback' takes it."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules history quarantine-media --diff")
final class HistoryCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    enum Form {
        TABLE,
        JSON
    }

    @Parameters(paramLabel = "ID", description = "Id of a rule; it may have been deleted.")
    private String id = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "table",
            description = "table, or json (one object a line, with the definition).")
    private Form form = Form.TABLE;

    @Option(names = "--diff", description = "Also show the differences from each version to the next.")
    private boolean diff;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.RULES);
        RuleHistory history = RuleHistory.read(connection, id);
        UnknownRules.refuse(List.of(id), history.ids(), "known are");
        CommandOutput output = CommandOutput.of(spec);
        if (form == Form.JSON) {
            json(history, output);
        } else if (diff) {
            diffs(history, output);
        } else {
            output.table(rows(history));
        }
        if (!history.isWhole()) {
            output.note("versions before " + history.versions().get(0).number() + " may have been compacted away: "
                    + Topics.RULES + " keeps all of them for the audit window, then the newest");
        }
        return ExitCode.OK;
    }

    private static List<List<String>> rows(RuleHistory history) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("VERSION", "WHEN", "BY", "WHAT", "WHY"));
        for (int i = 0; i < history.versions().size(); i++) {
            rows.add(row(history, i));
        }
        return rows;
    }

    private static List<String> row(RuleHistory history, int index) {
        RuleVersion version = history.versions().get(index);
        return List.of(
                Long.toString(version.number()),
                RuleForms.time(version.at()),
                version.author() == null ? "unknown" : version.author(),
                history.change(index),
                version.comment() == null ? "" : version.comment());
    }

    private static void diffs(RuleHistory history, CommandOutput output) {
        String before = "";
        for (int i = 0; i < history.versions().size(); i++) {
            List<String> row = row(history, i);
            output.line("version " + row.get(0) + " " + row.get(1) + " by " + row.get(2) + ": " + row.get(3)
                    + (row.get(4).isEmpty() ? "" : " (" + row.get(4) + ")"));
            String now = history.versions().get(i).definition().orElse("");
            LineDiff.of(before, now).forEach(output::line);
            before = now;
        }
    }

    private static void json(RuleHistory history, CommandOutput output) {
        for (int i = 0; i < history.versions().size(); i++) {
            RuleVersion version = history.versions().get(i);
            output.line(new JsonObject()
                    .put("version", version.number())
                    .put("writtenAt", version.at())
                    .put("author", version.author())
                    .put("what", history.change(i))
                    .put("comment", version.comment())
                    .put("definition", version.definition().orElse(null))
                    .text());
        }
    }
}
