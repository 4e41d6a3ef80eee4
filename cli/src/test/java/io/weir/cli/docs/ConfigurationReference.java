package io.weir.cli.docs;

import io.weir.cli.CommandContext;
import io.weir.cli.Main;
import io.weir.cli.StopRequest;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicCatalog;
import io.weir.schemas.topic.TopicSettings;
import io.weir.schemas.topic.TopicSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine;

/** The text of {@code docs/configuration.md}. */
final class ConfigurationReference {
    private final StringBuilder out = new StringBuilder();

    private ConfigurationReference() {}

    static String text() {
        var reference = new ConfigurationReference();
        reference.commands();
        reference.worker();
        reference.kafka();
        reference.registry();
        reference.topics();
        return reference.out.toString();
    }

    /** The whole command line, connected to nothing. */
    private static CommandLine commandLine() {
        Path root = Path.of("/");
        var nowhere = new PrintWriter(new StringWriter());
        return Main.commandLine(new CommandContext(Map.of(), root, root, StopRequest::new), nowhere, nowhere);
    }

    private void commands() {
        out.append(
                """
                # Configuration

                Made from the code by `ConfigurationReferenceTest`, which fails when this page and the code differ; \
                `./mvnw -pl cli -am test -Dtest=ConfigurationReferenceTest -Dsurefire.failIfNoSpecifiedTests=false \
                -Dweir.docs.update=true` writes it anew.

                ## Commands

                """);
        new CommandTables(out, commandLine()).write();
    }

    private void worker() {
        out.append("## The worker's settings (`weir worker --config FILE`)\n\n");
        out.append("YAML. Unknown keys are errors. Actions and their parameters are in [actions.md](actions.md).\n\n");
        table("key", WorkerKeys.documented());
    }

    private void kafka() {
        out.append(
                """
                ## Kafka's properties (`--kafka-property KEY=VALUE`, or `kafka.KEY` in the file of `--connection`)

                Any property of Kafka's clients; TLS, logins and secrets are in [security.md](security.md). These are always as shown, since guarantees rest on them:

                """);
        KafkaConnection connection = KafkaConnection.of("-", "http://-");
        Map<String, String> fixed = new TreeMap<>();
        for (String name : new String[] {"acks", "enable.idempotence", "max.in.flight.requests.per.connection"}) {
            fixed.put(name, "`" + connection.producerConfig("-").get(name) + "` (producers)");
        }
        for (String name : new String[] {"isolation.level", "enable.auto.commit", "allow.auto.create.topics"}) {
            fixed.put(name, "`" + connection.consumerConfig("-").get(name) + "` (consumers)");
        }
        table("property", fixed);
    }

    private void registry() {
        out.append(
                """
                ## The registry's properties (`--registry-property KEY=VALUE`, or `registry.KEY` in the file)

                By Confluent's names, with or without the prefix `schema.registry.`; TLS always with it.

                """);
        table("property", RegistryProperties.documented());
    }

    private void topics() {
        out.append(
                """
                ## Topics, as `weir topics create` makes them

                With its defaults. Besides, each has the settings below the table.

                | topic | partitions | settings |
                |---|---|---|
                """);
        Map<String, String> common = new TreeMap<>();
        var specs = new TopicCatalog().all(TopicSettings.cluster());
        common.putAll(specs.get(0).configs());
        for (TopicSpec spec : specs) {
            common.entrySet().removeIf(e -> !e.getValue().equals(spec.configs().get(e.getKey())));
        }
        for (TopicSpec spec : specs) {
            var own = new TreeSet<String>();
            spec.configs().forEach((name, value) -> {
                if (!common.containsKey(name)) {
                    own.add("`" + name + "=" + value + "`");
                }
            });
            out.append("| `%s` | %d | %s |%n".formatted(spec.name(), spec.partitions(), String.join(" ", own)));
        }
        out.append('\n');
        common.forEach((name, value) ->
                out.append("- `").append(name).append('=').append(value).append("`\n"));
    }

    private void table(String heading, Map<String, String> rows) {
        out.append("| ").append(heading).append(" | |\n|---|---|\n");
        rows.forEach((name, text) ->
                out.append("| `").append(name).append("` | ").append(text).append(" |\n"));
        out.append('\n');
    }
}
