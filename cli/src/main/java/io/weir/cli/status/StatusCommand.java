package io.weir.cli.status;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.PrintableText;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir status}. */
@Command(
        name = "status",
        description = {
            "Show how all parts are: agents with coverage and lag, filters with the version of their rules, workers with"
                    + " queue and failures; and what needs somebody.",
            "Exit code 0, or 3 where something needs somebody."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n")
public final class StatusCommand implements Callable<Integer> {
    private enum Form {
        TABLE,
        JSON
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--all", order = 1, description = "Also parts that have stopped, or were not heard of for a week.")
    private boolean all;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            order = 6,
            defaultValue = "table",
            description = "table, or json (one object a line).")
    private Form form = Form.TABLE;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        CommandOutput output = CommandOutput.of(spec);
        KafkaConnection connection = connections.resolve();
        Reachability.require(
                connection,
                Reachability.WAIT,
                Topics.COMPONENTS,
                Topics.VOLUMES,
                Topics.CONTROL,
                Topics.RULE_STATUS,
                Topics.DEAD_LETTERS);
        SystemState state = new StatusReader(connection, Clock.systemUTC()).read(all, output);
        List<String> needs = Needs.of(state);
        if (form == Form.JSON) {
            StatusText.objects(state, needs).forEach(object -> output.line(object.text()));
        } else {
            print(state, needs, output);
        }
        return needs.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENCES;
    }

    private static void print(SystemState state, List<String> needs, CommandOutput output) {
        for (List<List<String>> table :
                List.of(StatusText.agents(state), StatusText.filters(state), StatusText.workers(state))) {
            if (table.size() > 1) {
                // Parts say of themselves what they like; it is not to rule the terminal.
                output.table(table.stream()
                        .map(row -> row.stream().map(PrintableText::of).toList())
                        .toList());
                output.line("");
            }
        }
        if (needs.isEmpty()) {
            output.line("nothing needs anybody");
        } else {
            output.line("needs somebody:");
            needs.forEach(need -> output.line("- " + PrintableText.of(need)));
        }
    }
}
