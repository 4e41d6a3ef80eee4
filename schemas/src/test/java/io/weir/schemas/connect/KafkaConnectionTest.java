package io.weir.schemas.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
    private final KafkaConnection connection = new KafkaConnection(
            "k1:9092,k2:9092",
            Map.of(
                    "acks",
                    "1",
                    "max.in.flight.requests.per.connection",
                    "5",
                    "isolation.level",
                    "read_uncommitted",
                    "sasl.jaas.config",
                    "s3cret",
                    "linger.ms",
                    "7"),
            Map.of(
                    "schema.registry.url", "http://user:pa55@r1:8081",
                    "basic.auth.credentials.source", "SASL_INHERIT",
                    "bearer.auth.token", "t0ken"));

    @Test
    void extraPropertiesCannotUndoTheGuarantees() {
        assertThat(connection.producerConfig("p"))
                .containsEntry("bootstrap.servers", "k1:9092,k2:9092")
                .containsEntry("client.id", "p")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("max.in.flight.requests.per.connection", 1)
                .containsEntry("linger.ms", "7")
                .containsEntry("schema.registry.url", "http://user:pa55@r1:8081");
        assertThat(connection.consumerConfig("c"))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("auto.offset.reset", "earliest");
    }

    @Test
    void aBrokerThatHangsIsGivenUpSoonerThanByDefaultButAsTheUserSays() {
        var slow = new KafkaConnection("k1:9092", Map.of("request.timeout.ms", "60000"), Map.of());
        assertThat(List.of(connection.producerConfig("p"), connection.consumerConfig("c"), connection.adminConfig("a")))
                .allSatisfy(config -> assertThat(config).containsEntry("request.timeout.ms", "10000"));
        assertThat(List.of(slow.streamsConfig("s"), slow.adminConfig("a")))
                .allSatisfy(config -> assertThat(config).containsEntry("request.timeout.ms", "60000"));
    }

    @Test
    void serdesSeeWhatTheyInherit() {
        assertThat(connection.serdeConfig())
                .containsEntry("sasl.jaas.config", "s3cret")
                .doesNotContainKey("client.id");
        assertThat(connection.adminConfig("a")).doesNotContainKey("schema.registry.url");
        assertThat(connection.streamsConfig("s")).containsEntry("schema.registry.url", "http://user:pa55@r1:8081");
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(connection.toString())
                .contains("k1:9092", "http://r1:8081", "sasl.jaas.config", "bearer.auth.token")
                .doesNotContain("s3cret", "pa55", "t0ken");
    }

    @Test
    void noBrokerIsAnError() {
        assertThatThrownBy(() -> KafkaConnection.of(" ", "http://r"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no Kafka broker is named");
    }
}
