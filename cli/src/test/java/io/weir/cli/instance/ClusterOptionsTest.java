package io.weir.cli.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.CommandRun;
import io.weir.schemas.connect.KafkaConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Settings by file, and secrets that never are arguments. */
class ClusterOptionsTest {
    private static final String[] ADDRESSES = {"--bootstrap-servers", "a:1", "--schema-registry", "http://a:2"};

    @TempDir
    Path directory;

    private ClusterOptions options(Map<String, String> environment, String... arguments) {
        CommandContext context = CommandRun.context(directory, environment);
        ClusterOptions options = new ClusterOptions(context);
        new CommandLine(options).parseArgs(arguments);
        return options;
    }

    private ClusterOptions addressed(String... more) {
        String[] all =
                Stream.concat(Arrays.stream(ADDRESSES), Arrays.stream(more)).toArray(String[]::new);
        return options(Map.of("SECRET", "s3cret"), all);
    }

    private void file(String text) throws IOException {
        Files.writeString(directory.resolve("c.properties"), text);
    }

    @Test
    void aFileHasAddressesAndPropertiesOfBoth() throws IOException {
        file(
                """
                kafka.bootstrap.servers=f:1
                kafka.security.protocol=SSL
                kafka.ssl.key.password=${env:SECRET}
                registry.schema.registry.url=https://f:2
                registry.basic.auth.user.info=me:${env:SECRET}
                """);

        KafkaConnection connection = options(Map.of("SECRET", "s3cret"), "--connection", "c.properties")
                .require();

        assertThat(connection.bootstrapServers()).isEqualTo("f:1");
        assertThat(connection.kafka())
                .containsOnly(Map.entry("security.protocol", "SSL"), Map.entry("ssl.key.password", "s3cret"));
        assertThat(connection.registry())
                .containsOnly(
                        Map.entry("schema.registry.url", "https://f:2"),
                        Map.entry("basic.auth.user.info", "me:s3cret"));
        assertThat(connection).asString().doesNotContain("s3cret");
    }

    @Test
    void anOptionComesBeforeTheFileAndTheFileBeforeTheEnvironment() throws IOException {
        file("kafka.bootstrap.servers=f:1\nkafka.retries=1\nkafka.acks=1\nregistry.schema.registry.url=http://f:2\n");
        Map<String, String> environment = Map.of(
                "WEIR_CONNECTION",
                "c.properties",
                "WEIR_BOOTSTRAP_SERVERS",
                "e:1",
                "WEIR_SCHEMA_REGISTRY",
                "http://e:2");

        KafkaConnection ofEnvironment = options(environment).require();
        KafkaConnection named = options(environment, "--bootstrap-servers", "o:1", "--kafka-property", "acks=2")
                .require();

        assertThat(ofEnvironment.bootstrapServers()).isEqualTo("f:1");
        assertThat(named.bootstrapServers()).isEqualTo("o:1");
        assertThat(named.registry()).containsEntry("schema.registry.url", "http://f:2");
        assertThat(named.kafka()).containsEntry("retries", "1").containsEntry("acks", "2");
    }

    @Test
    void aKeyOfNeitherIsNamed() throws IOException {
        file("bootstrap.servers=f:1\n");

        assertThatThrownBy(
                        () -> options(Map.of(), "--connection", "c.properties").require())
                .isInstanceOf(CommandException.class)
                .hasMessageStartingWith("connection file='c.properties': [bootstrap.servers]: expected kafka.NAME");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> options(Map.of(), "--connection", "none").require())
                .hasMessageContaining("connection file='none': cannot be read: no such file or directory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssl.key.password=s3cret",
                "ssl.truststore.password=s3cret",
                "ssl.keystore.key=s3cret",
                "sasl.jaas.config=x required username=\"u\" password=\"s3cret\";",
                "sasl.jaas.config=x required clientSecret=\"s3cret\";",
                "basic.auth.user.info=u:s3cret",
            })
    void aSecretIsNoArgument(String property) {
        assertThatThrownBy(() -> addressed("--kafka-property", property).require())
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("list of processes")
                .hasMessageContaining("${env:NAME}")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> addressed("--registry-property", "schema.registry." + property)
                        .require())
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aUrlWithCredentialsIsNoArgument() {
        assertThatThrownBy(() -> options(
                                Map.of(), "--bootstrap-servers", "a:1", "--schema-registry", "http://u:s3cret@a:2")
                        .require())
                .hasMessageContaining("without credentials")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aPlaceholderOrALoginWithoutASecretIsAnArgument() {
        KafkaConnection connection = addressed(
                        "--kafka-property",
                        "ssl.key.password=${env:SECRET}",
                        "--kafka-property",
                        "sasl.jaas.config=Krb5LoginModule required useKeyTab=true keyTab=\"/etc/k\";")
                .require();

        assertThat(connection.kafka())
                .containsEntry("ssl.key.password", "s3cret")
                .containsKey("sasl.jaas.config");
    }

    @Test
    void anAddressForPeopleHasNoCredentials() {
        KafkaConnection connection = options(Map.of(
                        "WEIR_BOOTSTRAP_SERVERS",
                        "a:1",
                        "WEIR_SCHEMA_REGISTRY",
                        "http://u:s3cret@a:2,http://v:s3cret@b"))
                .require();

        assertThat(connection.registryAddress()).isEqualTo("http://a:2,http://b");
        assertThat(connection).asString().doesNotContain("s3cret");
    }
}
