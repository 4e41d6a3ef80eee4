package io.weir.cli.audit;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.JsonObject;
import io.weir.cli.lines.PrintableText;
import io.weir.cli.rule.explain.FoundEvent;
import io.weir.cli.search.FoundRecord;
import io.weir.cli.search.Moments;
import io.weir.filter.replay.InForce;
import io.weir.filter.replay.LogWindow;
import io.weir.filter.replay.ParallelReader;
import io.weir.filter.replay.RuleArchive;
import io.weir.filter.replay.RuleTimeline;
import io.weir.filter.replay.TimeSpan;
import io.weir.rules.ActionTypes;
import io.weir.schemas.FileEvent;
import io.weir.schemas.Gap;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir why}. */
@Command(
        name = "why",
        description = {
            "Tell the whole story of a file: its events, what each rule in force made of them and the first condition that"
                    + " failed, decisions, actions, suppressed echoes, and gaps.",
            "Where there is no event, tells why: not watched, in a gap, or before what is kept."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  weir why projects:/in/a.zip", "  weir why /in/a.zip --at 2026-01-31T08:00:00Z"})
public final class WhyCommand implements Callable<Integer> {
    private static final String[] TOPICS = {
        Topics.FILE_EVENTS,
        Topics.DECISIONS,
        Topics.ACTION_RESULTS,
        Topics.COMPONENTS,
        Topics.RULES,
        Topics.RULES_IN_FORCE,
        Topics.VOLUMES
    };

    enum Form {
        TEXT,
        JSON
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            converter = FileName.Converter.class,
            description =
                    "The file's path within its volume, such as /in/a.zip, or with the volume, projects:/in/a.zip.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private FileName file;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            order = 0,
            converter = Moments.class,
            description = "Only what happened to it last up to then, and what came of that.")
    private @Nullable Instant at;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private WindowOptions window;

    @Option(
            names = "--limit",
            paramLabel = "N",
            order = 4,
            defaultValue = "50",
            description = "Show at most so many events, the last ones (default: 50).")
    private int limit = 50;

    @Option(
            names = "--rules",
            paramLabel = "N",
            order = 5,
            defaultValue = "10",
            description = "Of rules that did not match, show so many with each event (default: 10).")
    private int rules = 10;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            order = 6,
            defaultValue = "text",
            description = "text, or json (one object for each event).")
    private Form form = Form.TEXT;

    @Override
    public Integer call() {
        TimeSpan span = window.span(spec);
        if (limit < 1 || rules < 0) {
            throw new ParameterException(spec.commandLine(), "--limit: expected 1 or more, and --rules 0 or more");
        }
        if (at != null && span.to().isPresent()) {
            throw new ParameterException(spec.commandLine(), "--at and --to: expected one of them");
        }
        KafkaConnection connection = window.connections.resolve();
        Reachability.require(connection, Reachability.WAIT, TOPICS);
        CommandOutput output = CommandOutput.of(spec);
        Instant moment = at;
        TimeSpan asked = moment == null ? span : new TimeSpan(span.from(), Optional.of(moment.plusMillis(1)));
        FileStory story;
        try (ProgressLine line = ProgressLine.start("reading", output)) {
            story = FileStory.read(
                    connection,
                    file,
                    asked,
                    moment == null ? limit : 1,
                    ParallelReader.requestTopics(connection),
                    window.threads(),
                    line.progress());
        }
        RuleTimeline timeline = new RuleArchive(connection, ActionTypes.discover()).recorded();
        List<FoundRecord> events = story.events();
        events.forEach(event -> show(event, story, timeline, output));
        if (story.left() > 0 && moment == null) {
            output.note(story.left() + " older events are not shown; --limit shows more");
        }
        if (events.stream().noneMatch(WhyCommand::isOfFile)) {
            tellWhyNone(connection, asked, output);
        }
        return ExitCode.OK;
    }

    private static boolean isOfFile(FoundRecord record) {
        return record.value(FileEvent.class)
                .filter(event -> event.getGap() == null)
                .isPresent();
    }

    private void show(FoundRecord record, FileStory story, RuleTimeline timeline, CommandOutput output) {
        FileEvent event = record.value(FileEvent.class).orElseThrow();
        InForce inForce = timeline.at(new TopicPartition(record.topic(), record.partition()), record.offset());
        List<String> considered = FoundEvent.of(record)
                .map(found -> RulesConsidered.of(inForce, found, rules))
                .orElse(List.of());
        List<FoundRecord> outcomes = story.outcomes(EventId.of(event).toString());
        if (form == Form.JSON) {
            output.line(json(record, event, inForce, considered, outcomes).text());
            return;
        }
        output.line(PrintableText.of(record.time() + "  " + sentence(event, record)));
        output.line("    " + EventId.of(event) + " at " + record.place() + ", judged under rules offset "
                + inForce.rules().offset());
        considered.forEach(line -> output.line(PrintableText.of("    " + line)));
        outcomes.forEach(each -> output.line(PrintableText.of("  " + each.time() + "  " + Outcomes.sentence(each))));
        if (outcomes.isEmpty()) {
            output.line("  nothing came of it");
        }
    }

    private static String sentence(FileEvent event, FoundRecord record) {
        Gap gap = event.getGap();
        if (gap != null) {
            return "gap below " + event.getVolume() + ":" + event.getPath() + " since " + gap.getSince()
                    + (gap.getUntil() == null ? "" : " until " + gap.getUntil()) + ": " + gap.getReason() + ", "
                    + gap.getDetail();
        }
        String from = event.getPreviousPath() == null ? "" : event.getPreviousPath() + " -> ";
        return event.getType() + " " + event.getVolume() + ":" + from + event.getPath()
                + (event.getOrigin().equals("live") ? "" : ", " + event.getOrigin())
                + record.causation()
                        .map(cause -> ", caused by action " + cause.causationId())
                        .orElse("");
    }

    private static JsonObject json(
            FoundRecord record, FileEvent event, InForce inForce, List<String> considered, List<FoundRecord> outcomes) {
        return new JsonObject()
                .put("time", record.time())
                .put("event", EventId.of(event))
                .put("place", record.place())
                .put("what", sentence(event, record))
                .put(
                        "causationId",
                        record.causation().map(cause -> cause.causationId()).orElse(null))
                .put("rulesOffset", inForce.rules().offset())
                .put("rules", considered)
                .put("outcomes", outcomes.stream().map(WhyCommand::json).toList());
    }

    private static JsonObject json(FoundRecord outcome) {
        return new JsonObject()
                .put("time", outcome.time())
                .put("place", outcome.place())
                .put("what", Outcomes.sentence(outcome));
    }

    private void tellWhyNone(KafkaConnection connection, TimeSpan span, CommandOutput output) {
        LogWindow kept = LogWindow.ofWhatIsLeft(connection, Topics.FILE_EVENTS, TimeSpan.ALL);
        List<String> reasons = new ArrayList<>();
        Optional<Instant> oldest = kept.oldest();
        reasons.add("there is no event of " + file
                + span.from().map(from -> " from " + from).orElse("")
                + span.to().map(to -> " before " + to).orElse(""));
        oldest.filter(first -> span.to().filter(to -> !to.isAfter(first)).isPresent())
                .ifPresent(first -> reasons.add("before retention: events are kept from " + first + " on"));
        Stream.concat(
                        Coverage.read(connection).whyNone(file).stream(),
                        kept.wholeFrom().stream().map(first -> "events before " + first + " have been deleted"))
                .forEach(reasons::add);
        reasons.forEach(reason -> output.line(
                form == Form.JSON ? new JsonObject().put("reason", reason).text() : PrintableText.of(reason)));
    }
}
