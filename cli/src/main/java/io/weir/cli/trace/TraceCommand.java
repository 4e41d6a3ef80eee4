package io.weir.cli.trace;

import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.search.FoundRecord;
import io.weir.cli.search.Moments;
import io.weir.cli.search.TimeRange;
import io.weir.cli.search.TopicScan;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.EventId;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

/** {@code weir trace}. */
@Command(
        name = "trace",
        description = {
            "Show all that followed from an event, as a tree: from the first external event to the last suppressed echo.",
            "The id is that of any event, decision or action of it. Each line has the log's time, how long after the first"
                    + " record that was, what it is, and where it lies."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  weir trace nas1:1764154556:3", "  weir trace bnzdtuorgmsuhpeb4mzghc4dhi --since 2h -o json"})
public final class TraceCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    enum Form {
        TREE,
        JSON
    }

    @Parameters(
            paramLabel = "ID",
            description =
                    "Id of an event (agent:epoch:sequence), of an action, or a correlation id, as 'weir up --json' and the"
                            + " topics show them.")
    private String id = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            order = 1,
            defaultValue = "tree",
            description = "tree, or json (one object a line, in the order of the tree).")
    private Form form = Form.TREE;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            order = 2,
            converter = Moments.class,
            description =
                    "Look only at records from then on: a date and time such as 2026-01-31T08:00:00Z, or how long ago, such"
                            + " as 2h.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            order = 3,
            converter = Moments.class,
            description = "Look only at records before then.")
    private @Nullable Instant until;

    @Option(
            names = "--limit",
            paramLabel = "N",
            order = 4,
            defaultValue = "5000",
            description = "Show at most so many records (default: 5000); the others are counted.")
    private int limit = 5000;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        check();
        CommandOutput output = CommandOutput.of(spec);
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, ChainTopics.FIXED.toArray(String[]::new));
        TimeRange range = new TimeRange(Optional.ofNullable(since), Optional.ofNullable(until));
        try (TopicScan scan = new TopicScan(connection, output)) {
            ChainTopics topics = new ChainTopics(scan);
            ChainSearch search = new ChainSearch(scan, topics, range);
            Origin origin = EventId.tryParse(id).map(search::ofEvent).orElseGet(() -> search.ofAction(id));
            ChainReader.Chain chain = ChainReader.read(scan, topics, origin, limit);
            if (chain.records().isEmpty()) {
                throw new CommandException(notFound(scan, topics, search, range));
            }
            Map<String, Counted> counted = Counting.of(connection, scan, chain.records());
            print(ChainTree.of(origin.correlationId(), chain.records(), counted), output);
            remarks(chain, scan, range, output);
        }
        return ExitCode.OK;
    }

    private void check() {
        if (id.isBlank() || id.startsWith("/") || id.contains(":/")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "id='" + id + "': expected the id of an event (agent:epoch:sequence) or of an action, not a path;"
                            + " 'weir up --json' and the topics show ids");
        }
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit: expected at least 1, not " + limit);
        }
        if (since != null && until != null && !since.isBefore(until)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--since is not before --until: nothing lies between " + since + " and " + until);
        }
    }

    private void print(ChainNode tree, CommandOutput output) {
        (form == Form.JSON ? ChainJson.of(tree) : ChainText.of(tree)).forEach(output::line);
    }

    private String notFound(TopicScan scan, ChainTopics topics, ChainSearch search, TimeRange range) {
        return search.notFound().orElse("id='" + id + "' is no action, and no record has it for its correlation id")
                + "; looked in " + String.join(", ", topics.names())
                + (range.isBounded() ? " within --since and --until" : "") + kept(scan);
    }

    private static String kept(TopicScan scan) {
        return scan.oldest(Topics.FILE_EVENTS)
                .map(oldest -> "; events are kept from " + oldest)
                .orElse("; there are no events");
    }

    private void remarks(ChainReader.Chain chain, TopicScan scan, TimeRange range, CommandOutput output) {
        if (chain.more() > 0) {
            output.note("the chain has " + chain.more() + " records more; --limit shows them");
        }
        List<FoundRecord> records = chain.records();
        boolean whole = records.stream()
                .anyMatch(record -> record.topic().equals(Topics.FILE_EVENTS)
                        && record.causation().isEmpty());
        if (!whole) {
            output.note("the first event, " + chain.origin().correlationId() + ", is not there"
                    + (range.isBounded() ? " within --since and --until" : "") + kept(scan));
        }
    }
}
