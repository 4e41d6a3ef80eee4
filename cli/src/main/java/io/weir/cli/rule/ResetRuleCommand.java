package io.weir.cli.rule;

import io.weir.cli.AuthorOption;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Durations;
import io.weir.cli.instance.HostName;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.PrintableText;
import io.weir.cli.rule.publish.BreakerResets;
import io.weir.cli.rule.publish.PublishedRules;
import io.weir.schemas.RuleStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.RulePath;
import io.weir.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir rules reset}. */
@Command(
        name = "reset",
        description = {
            "Let a rule act again on paths for which it is suspended, since it fired too often there.",
            "Waits until the filters have read it. See first who undoes what the rule does: 'weir rules list' says for which"
                    + " paths, the topic weir.alerts has the evidence."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules reset lock-uploads --path /in/report.csv")
final class ResetRuleCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Id of the rule, as 'weir rules list' shows it.")
    private String id = "";

    @Option(
            names = "--path",
            paramLabel = "[VOLUME:]PATH",
            description = "Only for this path; without, for all of the rule.")
    private @Nullable String path;

    @Option(names = "--volume", paramLabel = "NAME", description = "Only on this volume.")
    private @Nullable String volume;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private AuthorOption author;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "10s",
            description = "How long to wait until the filters have read it (default: 10s).")
    private Duration timeout = Duration.ofSeconds(10);

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() {
        KafkaConnection connection = connections.resolve();
        Reachability.require(
                connection, Reachability.WAIT, Topics.RULES, Topics.RULE_STATUS, Topics.FILE_EVENTS, Topics.AGGREGATES);
        PublishedRules published = PublishedRules.read(connection);
        UnknownRules.refuse(List.of(id), published.rules().keySet(), "nothing was reset; in force are");
        CommandOutput output = CommandOutput.of(spec);
        try (BreakerResets resets = BreakerResets.open(connection)) {
            Set<RulePath> missing = resets.reset(
                    wanted(resets.tripped(id)),
                    author.author(),
                    HostName.local(),
                    timeout,
                    target -> output.line(PrintableText.of("rule/" + target.rule() + " reset for " + target.place())));
            missing.forEach(target -> output.note(PrintableText.of("the reset for " + target.place()
                    + " is written, but no filter has read it after " + timeout.toMillis() / 1_000.0
                    + " s; it takes effect when one does: see whether one runs, and 'weir rules list'")));
            return missing.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private List<RuleStatus> wanted(List<RuleStatus> tripped) {
        List<RuleStatus> wanted = tripped.stream()
                .filter(status -> path == null || isPath(path, status))
                .filter(status -> volume == null || volume.equals(status.getVolume()))
                .toList();
        if (!wanted.isEmpty()) {
            return wanted;
        }
        String what = (path == null ? "" : " for path='" + path + "'")
                + (volume == null ? "" : " on volume='" + volume + "'");
        throw new CommandException(PrintableText.of("rule '" + id + "' is not suspended" + what
                + "; nothing was reset; it is suspended for: " + shown(tripped)));
    }

    /** As a path on any volume, or as messages have it: {@code volume:/path}. */
    private static boolean isPath(String asked, RuleStatus status) {
        return asked.equals(status.getPath())
                || asked.equals(BreakerResets.target(status).place());
    }

    private static String shown(List<RuleStatus> tripped) {
        int more = tripped.size() - MOST_SHOWN;
        String places = String.join(
                ", ",
                tripped.stream()
                        .limit(MOST_SHOWN)
                        .map(status -> BreakerResets.target(status).place())
                        .toList());
        return tripped.isEmpty() ? "no path" : places + (more > 0 ? " and " + more + " more" : "");
    }
}
