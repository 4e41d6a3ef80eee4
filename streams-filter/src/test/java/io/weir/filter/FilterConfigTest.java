package io.weir.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.schemas.connect.KafkaConnection;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class FilterConfigTest {
    private static final KafkaConnection CONNECTION = KafkaConnection.of("127.0.0.1:9092", "http://127.0.0.1:8081");

    @Test
    void defaults() {
        FilterConfig config = FilterConfig.of(CONNECTION, Path.of("/var/lib/weir"));
        assertThat(config.applicationId()).isEqualTo("weir-filter");
        assertThat(config.threads()).isEqualTo(1);
        assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(10));
        assertThat(config.notAfter()).isEqualTo(Duration.ofHours(24));
        assertThat(config.statusInterval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theIdStaysOverRestartsAndTellsDirectoriesApart() {
        assertThat(FilterConfig.of(CONNECTION, Path.of("/a")).id())
                .isEqualTo(FilterConfig.of(CONNECTION, Path.of("/a/b/..")).id())
                .isNotEqualTo(FilterConfig.of(CONNECTION, Path.of("/b")).id());
    }

    @Test
    void aBadValueIsNamedWithWhatWasExpected() {
        FilterConfig config = FilterConfig.of(CONNECTION, Path.of("/a"));
        assertThatThrownBy(() -> config.withThreads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("filter setting threads='0': expected 1 or more");
    }

    @Test
    void whatTheGuaranteesRestOnCannotBeUndoneByTheConnection() {
        KafkaConnection connection = new KafkaConnection(
                "127.0.0.1:9092",
                java.util.Map.of("processing.guarantee", "at_least_once", "global.consumer.isolation.level", "x"),
                java.util.Map.of("schema.registry.url", "http://127.0.0.1:8081"));
        assertThat(StreamsSettings.of(FilterConfig.of(connection, Path.of("/a"))))
                .containsEntry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2)
                .containsEntry("global.consumer.isolation.level", "read_committed")
                .containsEntry("main.consumer.auto.offset.reset", "none")
                .containsEntry("group.protocol", "classic");
    }

    @Test
    void theSessionOfADeadFilterEndsSoonerThanByDefaultUnlessTheConnectionSaysWhen() {
        KafkaConnection connection = KafkaConnection.of("127.0.0.1:9092", "http://127.0.0.1:8081");
        assertThat(StreamsSettings.of(FilterConfig.of(connection, Path.of("/a"))))
                .containsEntry("session.timeout.ms", "12000");
        KafkaConnection longer = new KafkaConnection(
                connection.bootstrapServers(), java.util.Map.of("session.timeout.ms", "30000"), connection.registry());
        assertThat(StreamsSettings.of(FilterConfig.of(longer, Path.of("/a"))))
                .containsEntry("session.timeout.ms", "30000");
    }
}
