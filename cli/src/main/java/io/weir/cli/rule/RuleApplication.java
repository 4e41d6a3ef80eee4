package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.connect.KafkaConnection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** Publishes a change of rules, waits for the filter's answer, and tells both, one line a rule. */
final class RuleApplication {
    private final KafkaConnection connection;
    private final ApplyOptions options;
    private final CommandOutput output;

    RuleApplication(KafkaConnection connection, ApplyOptions options, CommandOutput output) {
        this.connection = connection;
        this.options = options;
        this.output = output;
    }

    /** Shows what would be changed; {@link ExitCode#DIFFERENCES} if anything would. */
    int dryRun(Function<PublishedRules, RuleChange> change) {
        RuleChange planned = change.apply(PublishedRules.read(connection));
        show(planned, " (dry run)");
        return planned.isEmpty() ? ExitCode.OK : ExitCode.DIFFERENCES;
    }

    /** Makes the change; {@link ExitCode#FAILED} if the filter refused any of it, or none has answered in time. */
    int apply(Function<PublishedRules, RuleChange> change) {
        try (ApplyConfirmation confirmation = ApplyConfirmation.open(connection);
                RulesPublisher publisher = RulesPublisher.open(connection)) {
            PublishedRules base = publisher.published();
            RuleChange planned = change.apply(base);
            show(planned, "");
            if (planned.isEmpty()) {
                return ExitCode.OK;
            }
            String applyId = publisher.publish(planned, base, options.author(), options.comment());
            return tell(planned, confirmation.await(applyId, options.timeout()));
        }
    }

    private void show(RuleChange change, String suffix) {
        change.created().keySet().forEach(id -> output.line("rule/" + id + " created" + suffix));
        change.changed().keySet().forEach(id -> output.line("rule/" + id + " changed" + suffix));
        change.unchanged().forEach(id -> output.line("rule/" + id + " unchanged" + suffix));
        new TreeSet<>(change.deleted()).forEach(id -> output.line("rule/" + id + " deleted" + suffix));
    }

    private int tell(RuleChange change, ApplyOutcome outcome) {
        if (outcome.whole().isEmpty()) {
            output.note("the change is published, but no filter has confirmed it within "
                    + options.timeout().toMillis() / 1000.0
                    + " s; it takes effect when one runs: start it with 'weir filter' or 'weir up'");
            return ExitCode.FAILED;
        }
        outcome.rules().values().stream()
                .filter(status -> status.getStatus().equals("rejected"))
                .forEach(status ->
                        output.note("rule/" + status.getRule() + " rejected by the filter: " + faults(status)));
        if (!outcome.isAccepted()) {
            RuleStatus whole = outcome.whole().get();
            if (whole.getStatus().equals("rejected")) {
                output.note("the change was rejected by the filter: " + faults(whole));
            }
            return ExitCode.FAILED;
        }
        output.note("in force: " + count(change.created().size(), "created") + ", "
                + count(change.changed().size(), "changed") + ", "
                + count(change.deleted().size(), "deleted"));
        return ExitCode.OK;
    }

    private static String count(int number, String what) {
        return number + " " + what;
    }

    private static String faults(RuleStatus status) {
        List<String> faults = status.getFaults();
        return faults.isEmpty() ? "it gives no reason" : String.join("; ", faults);
    }
}
