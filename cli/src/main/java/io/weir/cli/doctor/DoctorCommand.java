package io.weir.cli.doctor;

import io.weir.agent.qumulo.QumuloConfig;
import io.weir.agent.qumulo.QumuloConnector;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.Failures;
import io.weir.cli.capture.WatchableDirectory;
import io.weir.cli.cluster.QumuloAccessOptions;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.JsonObject;
import io.weir.cli.rule.publish.RuleStatuses;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir doctor}. */
@Command(
        name = "doctor",
        description = {
            "Tell what an agent on this host would not see, and how to mend it.",
            "Run it as the user that the agent runs as. Exit code 0, or 3 where something would be missed."
        },
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
public final class DoctorCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "0..*", description = "Directories that are to be watched, with all below.")
    private List<String> directories = new ArrayList<>();

    @Option(names = "--flat", order = 1, description = "Without what is below them.")
    private boolean flat;

    @Option(names = "--json", order = 2, description = "Print one JSON object a line.")
    private boolean json;

    @Option(
            names = "--qumulo",
            paramLabel = "URL",
            order = 3,
            description =
                    "A Qumulo cluster (https://HOST:8000) to look at: release, rights, settings, certificate, clock, and"
                            + " how soon its stream tells of a file. Repeatable.")
    private List<String> clusters = new ArrayList<>();

    @Mixin
    private QumuloAccessOptions access = new QumuloAccessOptions();

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    public DoctorCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        List<Path> found = new ArrayList<>();
        for (String directory : directories) {
            try {
                found.add(WatchableDirectory.resolve(directory, context));
            } catch (CommandException e) {
                findings.add(Finding.blind("directories", Failures.describe(e), "name a directory that is there"));
            }
        }
        if (clusters.isEmpty() || !found.isEmpty()) {
            findings.addAll(Examination.ofThisHost().of(found, !flat));
        }
        for (String url : clusters) {
            findings.addAll(qumulo(url));
        }
        findings.addAll(cluster());
        CommandOutput output = CommandOutput.of(spec);
        findings.forEach(finding -> output.line(json ? object(finding) : text(finding)));
        return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.BLIND)
                ? ExitCode.DIFFERENCES
                : ExitCode.OK;
    }

    private List<Finding> qumulo(String url) throws InterruptedException {
        QumuloConfig config = QumuloConfig.of(access.access(url, "--qumulo", context));
        return new QumuloConnector(config)
                .checkStream().findings().stream()
                        .map(finding -> {
                            String subject = "Qumulo " + finding.subject();
                            return switch (finding.level()) {
                                case OK -> Finding.ok(subject, finding.text());
                                case WARNING -> Finding.note(subject, finding.text(), "");
                                case FAILED -> Finding.blind(subject, finding.text(), "");
                            };
                        })
                        .toList();
    }

    private List<Finding> cluster() {
        String subject = "Kafka and registry";
        try {
            Optional<KafkaConnection> connection = connections.find();
            if (connection.isEmpty()) {
                return List.of(Finding.note(
                        subject,
                        "not looked at: none is named, and no 'weir up' runs here",
                        "name them with --bootstrap-servers and --schema-registry, or a data directory with --data"));
            }
            int brokers = Reachability.require(
                    connection.get(),
                    Reachability.WAIT,
                    Topics.FILE_EVENTS,
                    Topics.RULES,
                    Topics.RULE_STATUS,
                    Topics.COMPONENTS);
            List<Finding> findings = new ArrayList<>();
            findings.add(Finding.ok(
                    subject,
                    brokers + " brokers at " + connection.get().bootstrapServers() + "; the registry answers"));
            findings.addAll(suspensions(connection.get()));
            return findings;
        } catch (CommandException e) {
            return List.of(Finding.blind(
                    subject, Failures.describe(e), "events wait in the agent's spool until this is mended"));
        }
    }

    private static List<Finding> suspensions(KafkaConnection connection) {
        return RuleStatuses.read(connection).tripped().entrySet().stream()
                .map(rule -> Finding.note(
                        "rule '" + rule.getKey() + "'",
                        "suspended where it fired too often: "
                                + (rule.getValue() == 1 ? "1 path" : rule.getValue() + " paths"),
                        "see 'weir rules list'; then 'weir rules reset " + rule.getKey() + "'"))
                .toList();
    }

    private static String text(Finding finding) {
        String text = String.format(
                Locale.ROOT,
                "%-6s %s: %s",
                finding.severity().name().toLowerCase(Locale.ROOT),
                finding.subject(),
                finding.message());
        return finding.fix().isEmpty() ? text : text + System.lineSeparator() + "         fix: " + finding.fix();
    }

    private static String object(Finding finding) {
        return new JsonObject()
                .put("kind", "finding")
                .put("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                .put("subject", finding.subject())
                .put("message", finding.message())
                .put("fix", finding.fix().isEmpty() ? null : finding.fix())
                .text();
    }
}
