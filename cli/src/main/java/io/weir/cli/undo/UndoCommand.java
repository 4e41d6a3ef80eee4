package io.weir.cli.undo;

import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.PrintableText;
import io.weir.cli.search.FoundRecord;
import io.weir.cli.search.Moments;
import io.weir.cli.search.TimeRange;
import io.weir.cli.search.TopicScan;
import io.weir.schemas.ActionResult;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir undo}. */
@Command(
        name = "undo",
        description = {
            "Reverse what actions did to files: moves go back, fields get the values that they had, copies are removed.",
            "What was changed since is left alone, and said so. The workers do it, within their policies; the changes set off"
                    + " no rules. What a program did, and what was deleted for good, cannot be reversed; a file that another was put in"
                    + " place of does not come back, and that is said."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir undo bnzdtuorgmsuhpeb4mzghc4dhi",
            "  weir stop --scope rule/lock-uploads --reason 'locks the wrong files'",
            "  weir undo --rule lock-uploads --since 2h --dry-run"
        })
public final class UndoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ACTION-ID",
            arity = "0..*",
            description = "Ids of actions, as 'weir trace' and the topics show them; reversed in this order.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--rule", paramLabel = "ID", order = 1, description = "All that this rule did, the last first.")
    private @Nullable String rule;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            order = 2,
            converter = Moments.class,
            description =
                    "With --rule: from then on: a date and time such as 2026-01-31T08:00:00Z, or how long ago, such as 2h.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            order = 3,
            converter = Moments.class,
            description = "With --rule: before then.")
    private @Nullable Instant until;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ErrandOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        if (ids.isEmpty() == (rule == null)) {
            throw new ParameterException(spec.commandLine(), "expected ids of actions, or --rule ID with --since TIME");
        }
        if (rule != null && since == null) {
            throw new ParameterException(spec.commandLine(), "--rule: expected --since TIME, to say how far back");
        }
        CommandOutput output = CommandOutput.of(spec);
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.ACTION_RESULTS);
        List<FoundRecord> chosen;
        try (TopicScan scan = new TopicScan(connection, output)) {
            chosen = chosen(new DoneActions(scan));
        }
        List<ErrandRequest> errands = chosen.stream()
                .flatMap(record -> DoneActions.undo(record).stream())
                .toList();
        List<ErrandRequest> directories = chosen.stream()
                .flatMap(record -> DoneActions.removeDirectories(record).stream())
                .toList();
        if (errands.isEmpty() && directories.isEmpty()) {
            output.note("nothing to undo");
            return ExitCode.OK;
        }
        int code = options.run(connection, errands, "undone", output);
        options.tidy(connection, directories, output);
        return code;
    }

    private List<FoundRecord> chosen(DoneActions done) {
        if (rule != null) {
            return done.ofRule(rule, new TimeRange(Optional.ofNullable(since), Optional.ofNullable(until)));
        }
        List<FoundRecord> records = new ArrayList<>();
        for (String id : ids) {
            FoundRecord record = done.ofAction(id)
                    .orElseThrow(() -> new CommandException(PrintableText.of("action '" + id
                            + "' has no result (any more)"
                            + " in " + Topics.ACTION_RESULTS + "; nothing was undone. 'weir trace ID' takes any id of a"
                            + " chain and shows those of its actions")));
            requireReversible(id, record);
            records.add(record);
        }
        return records;
    }

    private static void requireReversible(String id, FoundRecord record) {
        if (DoneActions.undo(record).isEmpty()
                && DoneActions.removeDirectories(record).isEmpty()) {
            String outcome = record.value(ActionResult.class)
                    .map(ActionResult::getOutcome)
                    .orElse("undecodable");
            throw new CommandException(PrintableText.of("action '" + id + "' (" + outcome
                    + ") changed nothing that could be reversed; nothing was undone"));
        }
    }
}
