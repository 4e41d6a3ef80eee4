package io.weir.cli.audit;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.JsonObject;
import io.weir.cli.lines.PrintableText;
import io.weir.filter.replay.TimeSpan;
import io.weir.filter.replay.verify.Finding;
import io.weir.filter.replay.verify.Report;
import io.weir.filter.replay.verify.Verification;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir audit verify}. */
@Command(
        name = "verify",
        description = {
            "Derive every decision anew, from the events, the contributions and the rules recorded as in force, and compare"
                    + " it with weir.decisions, record by record.",
            "Also checked: that agents' numbers have no holes that no gap explains, that each match has its requests, each"
                    + " request its result, each suppressed event its action, and that the order of each file held. Says"
                    + " 'identical', or what is amiss, each with its place; then the exit code is 3."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir audit verify --from 2026-01-01T00:00:00Z --to 2026-02-01T00:00:00Z",
            "  weir audit verify --from 1h -o json"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final String[] TOPICS = {
        Topics.FILE_EVENTS,
        Topics.AGGREGATES,
        Topics.DECISIONS,
        Topics.ACTION_RESULTS,
        Topics.DEAD_LETTERS,
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

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private WindowOptions window;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            order = 3,
            defaultValue = "text",
            description = "text, or json (one object a line; the last is the summary).")
    private Form form = Form.TEXT;

    @Option(
            names = "--limit",
            paramLabel = "N",
            order = 4,
            defaultValue = "100",
            description = "Show at most so many findings of each kind (default: 100); all are counted.")
    private int limit = 100;

    @Option(
            names = "--application-id",
            paramLabel = "NAME",
            order = 5,
            defaultValue = "weir-filter",
            description = "That of the filters, whose offsets tell how far they have judged (default: weir-filter).")
    private String applicationId = "weir-filter";

    @Override
    public Integer call() {
        TimeSpan span = window.span(spec);
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit=" + limit + ": expected 1 or more");
        }
        KafkaConnection connection = window.connections.resolve();
        Reachability.require(connection, Reachability.WAIT, TOPICS);
        CommandOutput output = CommandOutput.of(spec);
        Report report =
                new Verification(connection, applicationId, window.threads(), limit).run(span, new ShownPhases(output));
        report.findings().shown().forEach(finding -> output.line(form == Form.JSON ? json(finding) : text(finding)));
        report.notes().forEach(output::note);
        output.line(form == Form.JSON ? json(report) : text(report));
        return report.isIdentical() ? ExitCode.OK : ExitCode.DIFFERENCES;
    }

    private static String text(Finding finding) {
        StringBuilder text = new StringBuilder(finding.kind().word())
                .append(": ")
                .append(finding.place())
                .append(": ")
                .append(PrintableText.of(finding.what()));
        if (!finding.expected().isEmpty()) {
            text.append("\n  expected: ").append(PrintableText.of(finding.expected()));
        }
        if (!finding.found().isEmpty()) {
            text.append("\n  found:    ").append(PrintableText.of(finding.found()));
        }
        return text.toString();
    }

    private static String json(Finding finding) {
        return new JsonObject()
                .put("finding", finding.kind().word())
                .put("place", finding.place())
                .put("what", finding.what())
                .put("expected", finding.expected().isEmpty() ? null : finding.expected())
                .put("found", finding.found().isEmpty() ? null : finding.found())
                .text();
    }

    private static String text(Report report) {
        String what = String.format(
                Locale.ROOT,
                "%,d decisions and contributions of %,d event records under %,d rule sets",
                report.identical(),
                report.events(),
                report.ruleSets());
        return report.isIdentical()
                ? "identical: " + what
                : "not identical: " + counts(report, ", ") + "; as they should be: " + what;
    }

    private static String counts(Report report, String separator) {
        return report.findings().counts().entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().word())
                .collect(Collectors.joining(separator));
    }

    private static String json(Report report) {
        JsonObject counts = new JsonObject();
        report.findings().counts().forEach((kind, count) -> counts.put(kind.word(), count));
        return new JsonObject()
                .put("result", report.isIdentical() ? "identical" : "not identical")
                .put("from", report.from().orElse(null))
                .put("identical", report.identical())
                .put("events", report.events())
                .put("eventsBefore", report.before())
                .put("ruleSets", report.ruleSets())
                .put("findings", counts)
                .put("notes", report.notes())
                .text();
    }
}
