package io.weir.cli.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandRun;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Mixin;

class ConnectionOptionsTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("WEIR_BOOTSTRAP_SERVERS", "env:9092", "WEIR_SCHEMA_REGISTRY", "http://env:8081");

    @TempDir
    private Path directory;

    @Command
    private static final class Holder {
        @Mixin
        @SuppressWarnings("NullAway.Init") // set by picocli
        private ConnectionOptions options;
    }

    @Test
    void namedClusterComesFirst() {
        KafkaConnection connection = options(
                        ENVIRONMENT, "--bootstrap-servers", "a:1", "--schema-registry", "http://a:2")
                .resolve();

        assertThat(connection.bootstrapServers()).isEqualTo("a:1");
        assertThat(connection.registry()).containsEntry("schema.registry.url", "http://a:2");
    }

    @Test
    void environmentCompletesWhatIsNamed() {
        KafkaConnection connection =
                options(ENVIRONMENT, "--bootstrap-servers", "a:1").resolve();

        assertThat(connection.bootstrapServers()).isEqualTo("a:1");
        assertThat(connection.registry()).containsEntry("schema.registry.url", "http://env:8081");
    }

    @Test
    void brokersWithoutARegistryAreNotEnough() {
        ConnectionOptions options = options(Map.of(), "--bootstrap-servers", "a:1");

        assertThatThrownBy(options::resolve)
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("expected both --bootstrap-servers and --schema-registry");
    }

    @Test
    void namedInstanceComesBeforeTheEnvironment() throws IOException {
        Path data = directory.resolve("other");
        try (DataDirectory held = DataDirectory.lock(data)) {
            new InstanceFile(1, "instance:1", "http://instance:2", held.path()).write();

            assertThat(options(ENVIRONMENT, "--data", "other").resolve().bootstrapServers())
                    .isEqualTo("instance:1");
        }
    }

    @Test
    void environmentComesBeforeTheInstanceOfThisDirectory() throws IOException {
        try (DataDirectory held = DataDirectory.lock(directory.resolve(".weir"))) {
            new InstanceFile(1, "instance:1", "http://instance:2", held.path()).write();

            assertThat(options(ENVIRONMENT).resolve().bootstrapServers()).isEqualTo("env:9092");
            assertThat(options(Map.of()).resolve().bootstrapServers()).isEqualTo("instance:1");
        }
    }

    @Test
    void propertiesAreHandedOn() {
        KafkaConnection connection = options(
                        ENVIRONMENT,
                        "--kafka-property",
                        "security.protocol=SSL",
                        "--registry-property",
                        "max.retries=1")
                .resolve();

        assertThat(connection.kafka()).containsEntry("security.protocol", "SSL");
        assertThat(connection.registry()).containsEntry("max.retries", "1");
    }

    @Test
    void nothingNamedAndNothingRunningIsFoundToBeNothing() {
        assertThat(options(Map.of()).find()).isEmpty();
        assertThatThrownBy(() -> options(Map.of()).resolve()).hasMessageContaining("no instance of weir runs there");
    }

    private ConnectionOptions options(Map<String, String> environment, String... arguments) {
        CommandContext context = CommandRun.context(directory, environment);
        Holder holder = new Holder();
        new CommandLine(holder, new ContextFactory(context)).parseArgs(arguments);
        return holder.options;
    }

    private record ContextFactory(CommandContext context) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1
                        && constructor.getParameterTypes()[0] == CommandContext.class) {
                    return type.cast(constructor.newInstance(context));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
