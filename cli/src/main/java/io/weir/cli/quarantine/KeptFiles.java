package io.weir.cli.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.PrintableText;
import io.weir.cli.search.FoundRecord;
import io.weir.cli.search.Moments;
import io.weir.cli.search.TimeRange;
import io.weir.cli.search.TopicScan;
import io.weir.rules.Glob;
import io.weir.schemas.ActionResult;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that tell which files in quarantine are meant, and the reading of {@code weir.quarantine}. */
final class KeptFiles {
    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "Ids of files in quarantine, as 'weir quarantine list' shows them.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--rule", paramLabel = "ID", order = 1, description = "Only those that this rule put there.")
    private @Nullable String rule;

    @Option(
            names = "--path",
            paramLabel = "GLOB",
            order = 2,
            description = "Only those that come from such a path, such as '/in/**'.")
    private @Nullable String path;

    @Option(names = "--volume", paramLabel = "NAME", order = 3, description = "Only those of this volume.")
    private @Nullable String volume;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            order = 4,
            converter = Moments.class,
            description =
                    "Only those put there from then on: a date and time such as 2026-01-31T08:00:00Z, or how long ago, such as"
                            + " 2h.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            order = 5,
            converter = Moments.class,
            description = "Only those put there before then.")
    private @Nullable Instant until;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    /** Whether anything narrows the choice. */
    boolean isChosen() {
        return !ids.isEmpty() || rule != null || path != null || volume != null || since != null || until != null;
    }

    KafkaConnection connection() {
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.QUARANTINE);
        return connection;
    }

    /**
     * Those that are meant, in the order in which they came.
     *
     * @throws CommandException if an id is not there
     */
    List<Kept> read(KafkaConnection connection, CommandOutput output) {
        Map<String, Kept> kept = new LinkedHashMap<>();
        try (TopicScan scan = new TopicScan(connection, output)) {
            scan.forEach(scan.partitions(Topics.QUARANTINE), TimeRange.ALL, record -> take(record, scan, kept));
        }
        for (String id : ids) {
            if (!kept.containsKey(id)) {
                throw new CommandException(PrintableText.of("'" + id + "' is not in quarantine (any more); 'weir"
                        + " quarantine list' shows what is, and 'weir trace " + id + "' what became of it"));
            }
        }
        return kept.values().stream().filter(this::admits).toList();
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, TopicScan scan, Map<String, Kept> kept) {
        String id = new String(record.key(), UTF_8);
        kept.remove(id);
        FoundRecord found = scan.decode(record);
        found.value(ActionResult.class).ifPresent(result -> result.getEffects().stream()
                .filter(effect -> effect.getKind().equals("move"))
                .findFirst()
                .ifPresent(move -> kept.put(
                        id, new Kept(result, found.causation().orElseGet(() -> new Causation(id, id, 1)), move))));
    }

    private boolean admits(Kept kept) {
        return (ids.isEmpty() || ids.contains(kept.id()))
                && (rule == null || rule.equals(kept.result().getRule()))
                && (volume == null || volume.equals(kept.result().getVolume()))
                && (path == null || Glob.compile(path).matches(kept.from()))
                && (since == null || !kept.at().isBefore(since))
                && (until == null || kept.at().isBefore(until));
    }
}
