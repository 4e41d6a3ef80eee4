package io.weir.cli.audit;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.PrintableText;
import io.weir.cli.rule.file.RuleFileOptions;
import io.weir.filter.ActiveRules;
import io.weir.filter.replay.InForce;
import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.RuleArchive;
import io.weir.filter.replay.TimeSpan;
import io.weir.filter.replay.backtest.Backtest;
import io.weir.filter.replay.backtest.BacktestReport;
import io.weir.rules.ActionTypes;
import io.weir.rules.Rule;
import io.weir.rules.RuleSet;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir rules backtest}. */
@Command(
        name = "backtest",
        description = {
            "Try rules on past events before they go live: how often they would have acted, on what, and what differs from the"
                    + " rules in force. Nothing is acted upon, and nothing is published.",
            "The rules judge as if they had been published at the beginning of the stretch, and so do those in force that"
                    + " have their ids."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir rules backtest -f rules.yaml --since 30d",
            "  weir rules backtest -f rules.yaml --since 7d --html report.html"
        })
public final class BacktestCommand implements Callable<Integer> {
    private static final String[] TOPICS = {Topics.FILE_EVENTS, Topics.AGGREGATES, Topics.RULES, Topics.VOLUMES};

    private final CommandContext context;

    enum Form {
        TEXT,
        JSON
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RuleFileOptions source;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private WindowOptions window;

    @Option(
            names = "--top",
            paramLabel = "N",
            order = 10,
            defaultValue = "10",
            description = "Tell so many of the most frequent paths, owners and extensions (default: 10).")
    private int top = 10;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            order = 11,
            defaultValue = "text",
            description = "text, or json (one object).")
    private Form form = Form.TEXT;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            order = 12,
            description = "Also write a report with charts, which needs nothing else, into this file.")
    private @Nullable Path html;

    BacktestCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        TimeSpan span = window.span(spec);
        if (top < 1) {
            throw new ParameterException(spec.commandLine(), "--top=" + top + ": expected 1 or more");
        }
        RuleSet rules = source.read().set(ActionTypes.discover());
        KafkaConnection connection = window.connections.resolve();
        Reachability.require(connection, Reachability.WAIT, TOPICS);
        CommandOutput output = CommandOutput.of(spec);
        LogWindow events = LogWindow.of(connection, Topics.FILE_EVENTS, span);
        int counted = LogWindow.ofWhatIsLeft(connection, Topics.AGGREGATES, TimeSpan.ALL)
                .partitions()
                .size();
        InForce now = new RuleArchive(connection, ActionTypes.discover()).now();
        InForce tried = new InForce(ActiveRules.of(rules, -1), now.volumes());
        InForce replaced =
                new InForce(ActiveRules.of(sameIds(now, rules), now.rules().offset()), now.volumes());
        BacktestReport report;
        try (ProgressLine line = ProgressLine.start("trying", output)) {
            report = new Backtest(connection, window.threads(), top)
                    .run(tried, replaced, events, counted, line.progress());
        }
        String head = source.shown() + ": " + rules.size() + (rules.size() == 1 ? " rule" : " rules") + ", "
                + replaced.rules().set().size() + " of them in force in another or the same form";
        if (form == Form.JSON) {
            output.line(BacktestJson.of(report).text());
        } else {
            BacktestText.of(head, report).forEach(line -> output.line(PrintableText.of(line)));
        }
        if (html != null) {
            write(context.resolve(html), BacktestHtml.of(head, report));
            output.note("report written to " + html);
        }
        return ExitCode.OK;
    }

    private static RuleSet sameIds(InForce now, RuleSet rules) {
        List<Rule> same = now.rules().set().rules().stream()
                .filter(rule -> rules.find(rule.id()).isPresent())
                .toList();
        return RuleSet.of(same);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException("cannot write report file='" + file + "': " + e, e);
        }
    }
}
