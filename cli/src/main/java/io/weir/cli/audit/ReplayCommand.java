package io.weir.cli.audit;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.Reachability;
import io.weir.cli.rule.file.RuleFiles;
import io.weir.cli.search.Moments;
import io.weir.cli.search.PathGlob;
import io.weir.filter.ActiveRules;
import io.weir.filter.Output;
import io.weir.filter.replay.Exactness;
import io.weir.filter.replay.InForce;
import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.ReadProgress;
import io.weir.filter.replay.Replay;
import io.weir.filter.replay.Replayed;
import io.weir.filter.replay.RuleArchive;
import io.weir.filter.replay.RuleTimeline;
import io.weir.filter.replay.TimeSpan;
import io.weir.rules.ActionTypes;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir replay}. */
@Command(
        name = "replay",
        description = {
            "Judge past events again, with the filter's own judge, and show what would be decided. Nothing is acted upon.",
            "Each event is judged by the rules that were in force with it; with --rules by those of files, with --rules-at by"
                    + " those of a moment. What rules wait for or count at the beginning is rebuilt from all that is kept"
                    + " before it."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir replay --from 2026-01-31T08:00:00Z --to 2026-01-31T09:00:00Z",
            "  weir replay --from 2d --rules new.yaml --path '/projects/**' -o csv"
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final String[] TOPICS = {
        Topics.FILE_EVENTS, Topics.AGGREGATES, Topics.RULES, Topics.RULES_IN_FORCE, Topics.VOLUMES
    };

    private final CommandContext context;

    enum Form {
        TABLE,
        JSON,
        CSV
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private WindowOptions window;

    @Option(names = "--volume", paramLabel = "NAME", order = 3, description = "Show only files of this volume.")
    private @Nullable String volume;

    @Option(
            names = "--path",
            paramLabel = "GLOB",
            order = 4,
            converter = PathGlob.class,
            description = "Show only paths such as '/in/**'.")
    private @Nullable Predicate<String> path;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            order = 5,
            description = "By the rules of this file, directory, or standard input (-), and no others. Repeatable.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--rules-at",
            paramLabel = "TIME",
            order = 6,
            converter = Moments.class,
            description = "By the rules that were published at that moment.")
    private @Nullable Instant rulesAt;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            order = 7,
            defaultValue = "table",
            description = "table, json (one object a line), or csv.")
    private Form form = Form.TABLE;

    @Option(
            names = "--emit",
            paramLabel = "PREFIX",
            order = 8,
            description =
                    "Also write the decisions to the topic PREFIXdecisions and the requests to PREFIXactions, which are"
                            + " made if need be. No prefix is taken that makes a live topic's name.")
    private @Nullable String prefix;

    ReplayCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        TimeSpan span = window.span(spec);
        if (!files.isEmpty() && rulesAt != null) {
            throw new ParameterException(spec.commandLine(), "--rules and --rules-at: expected one of them");
        }
        Optional<ActiveRules> own = files.isEmpty() ? Optional.empty() : Optional.of(ofFiles());
        Optional<EmitTarget> target = Optional.ofNullable(prefix).map(text -> EmitTarget.parse(spec, text));
        KafkaConnection connection = window.connections.resolve();
        Reachability.require(connection, Reachability.WAIT, TOPICS);
        CommandOutput output = CommandOutput.of(spec);
        LogWindow events = LogWindow.of(connection, Topics.FILE_EVENTS, span);
        LogWindow contributions = LogWindow.of(connection, Topics.AGGREGATES, span);
        RuleArchive archive = new RuleArchive(connection, ActionTypes.discover());
        RuleTimeline timeline = own.map(rules ->
                        RuleTimeline.fixed(new InForce(rules, archive.now().volumes())))
                .or(() -> Optional.ofNullable(rulesAt).map(moment -> RuleTimeline.fixed(archive.at(moment))))
                .orElseGet(archive::recorded);
        boolean recorded = own.isEmpty() && rulesAt == null;
        timeline.faults().forEach(output::note);
        remark(events, timeline, span, output);
        Replay replay = recorded
                ? Replay.recorded(connection, timeline, events, contributions)
                : Replay.fixed(connection, timeline.all().iterator().next(), events, contributions);
        run(replay, connection, target, output);
        return ExitCode.OK;
    }

    private ActiveRules ofFiles() {
        return ActiveRules.of(RuleFiles.read(context, files).set(ActionTypes.discover()), -1);
    }

    private static void remark(LogWindow events, RuleTimeline timeline, TimeSpan span, CommandOutput output) {
        Exactness.from(events, timeline)
                .filter(exact -> span.from().isEmpty() || span.from().get().isBefore(exact))
                .ifPresent(exact -> output.note("what came before "
                        + events.oldest().orElse(exact)
                        + " is not kept any more: rules that wait, count or are suspended are exact from " + exact
                        + " on"));
    }

    private void run(Replay replay, KafkaConnection connection, Optional<EmitTarget> target, CommandOutput output) {
        Map<String, Long> outcomes = new TreeMap<>();
        ReadProgress read;
        try (ProgressLine line = ProgressLine.start("judging", output);
                Emission emission =
                        target.map(to -> Emission.to(connection, to)).orElse(Emission.NONE)) {
            if (form != Form.JSON) {
                output.line(form == Form.CSV ? Decided.csvHead() : Decided.tableHead());
            }
            read = line.progress();
            replay.run(window.threads(), read, replayed -> show(replayed, outcomes, emission, output));
        }
        output.out().flush();
        output.note(
                outcomes.isEmpty()
                        ? "nothing would be decided; " + read.records() + " records were read"
                        : outcomes + " of " + read.records() + " records that were read"
                                + target.map(to -> "; written to " + to).orElse(""));
    }

    private void show(Replayed replayed, Map<String, Long> outcomes, Emission emission, CommandOutput output) {
        List<String> actions = new ArrayList<>();
        for (Output each : replayed.outputs()) {
            if (each instanceof Output.Request request) {
                actions.add(request.request().getAction());
                if (admits(
                        request.request().getEvent().getVolume(),
                        request.request().getEvent().getPath())) {
                    emission.request(request);
                }
            } else if (each instanceof Output.Concluded concluded) {
                show(new Decided(replayed.time(), concluded.decision(), actions), outcomes, output);
                if (admits(
                        concluded.decision().getVolume(), concluded.decision().getPath())) {
                    emission.decision(concluded);
                }
                actions = new ArrayList<>();
            }
        }
    }

    private void show(Decided decided, Map<String, Long> outcomes, CommandOutput output) {
        if (!admits(decided.decision().getVolume(), decided.decision().getPath())) {
            return;
        }
        outcomes.merge(decided.decision().getOutcome(), 1L, Long::sum);
        output.out()
                .println(
                        switch (form) {
                            case TABLE -> decided.table();
                            case JSON -> decided.json().text();
                            case CSV -> decided.csv();
                        });
    }

    private boolean admits(String ofVolume, String ofPath) {
        return (volume == null || volume.equals(ofVolume)) && (path == null || path.test(ofPath));
    }
}
