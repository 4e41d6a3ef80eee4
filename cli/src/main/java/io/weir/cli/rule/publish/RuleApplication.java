package io.weir.cli.rule.publish;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Publishes a change of rules, waits for the filters' answers, and tells both, one line a rule. */
public final class RuleApplication {
    private final KafkaConnection connection;
    private final ApplyOptions options;
    private final CommandOutput output;

    public RuleApplication(KafkaConnection connection, ApplyOptions options, CommandOutput output) {
        this.connection = connection;
        this.options = options;
        this.output = output;
    }

    /** Finds the system, and checks that it has what a change of rules needs. */
    public static KafkaConnection reach(ConnectionOptions connections) {
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.RULES, Topics.RULE_STATUS, Topics.COMPONENTS);
        return connection;
    }

    /** Shows what would be changed; {@link ExitCode#DIFFERENCES} if anything would. */
    public int dryRun(Function<PublishedRules, RuleChange> change) {
        RuleChange planned = change.apply(PublishedRules.read(connection));
        show(planned, " (dry run)");
        return planned.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENCES;
    }

    /** Makes the change; {@link ExitCode#FAILED} if a filter refused any of it, or one has not answered in time. */
    public int apply(Function<PublishedRules, RuleChange> change) {
        return apply(change, options.comment());
    }

    /** As {@link #apply(Function)}, for this reason. */
    public int apply(Function<PublishedRules, RuleChange> change, Optional<String> comment) {
        try (ApplyConfirmation confirmation = ApplyConfirmation.open(connection);
                RulesPublisher publisher = RulesPublisher.open(connection)) {
            PublishedRules base = publisher.published();
            RuleChange planned = change.apply(base);
            show(planned, "");
            if (planned.isEmpty()) {
                return ExitCode.OK;
            }
            PublishedApply published = publisher.publish(planned, base, options.author(), comment);
            ApplyOutcome outcome = confirmation.await(
                    published, options.timeout(), filter -> output.note("filter '" + filter + "' has it"));
            return tell(planned, outcome);
        }
    }

    private void show(RuleChange change, String suffix) {
        change.created().keySet().forEach(id -> output.line("rule/" + id + " created" + suffix));
        change.changed().keySet().forEach(id -> output.line("rule/" + id + " changed" + suffix));
        change.unchanged().forEach(id -> output.line("rule/" + id + " unchanged" + suffix));
        new TreeSet<>(change.deleted()).forEach(id -> output.line("rule/" + id + " deleted" + suffix));
    }

    private int tell(RuleChange change, ApplyOutcome outcome) {
        outcome.rejections()
                .forEach(status ->
                        output.note("rule/" + status.getRule() + " rejected by the filter: " + faults(status)));
        outcome.refused().ifPresent(whole -> output.note("the change was rejected by the filter: " + faults(whole)));
        if (outcome.isUnheard()) {
            output.note(
                    "the change is published, but no filter is running; it takes effect when one does: start it with"
                            + " 'weir filter' or 'weir up'");
        } else if (!outcome.missing().isEmpty() && outcome.refused().isEmpty()) {
            output.note(
                    "the change is published, but not all running filters have it after " + seconds(options.timeout())
                            + " s; missing: " + missing(outcome)
                            + "; each takes it over when it comes back: look at its log, or"
                            + " wait longer with --timeout");
        }
        if (!outcome.isAccepted()) {
            return ExitCode.FAILED;
        }
        output.note("in force: " + count(change.created().size(), "created") + ", "
                + count(change.changed().size(), "changed") + ", "
                + count(change.deleted().size(), "deleted"));
        return ExitCode.OK;
    }

    private static String missing(ApplyOutcome outcome) {
        return outcome.missing().entrySet().stream()
                .map(filter -> "filter '" + filter.getKey() + "' (last heard of "
                        + Math.max(0, filter.getValue().toSeconds()) + " s ago)")
                .collect(Collectors.joining(", "));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? Long.toString(duration.toSeconds())
                : Double.toString(duration.toMillis() / 1000.0);
    }

    private static String count(int number, String what) {
        return number + " " + what;
    }

    private static String faults(RuleStatus status) {
        List<String> faults = status.getFaults();
        return faults.isEmpty() ? "it gives no reason" : String.join("; ", faults);
    }
}
