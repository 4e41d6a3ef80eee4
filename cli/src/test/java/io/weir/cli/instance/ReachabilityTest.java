package io.weir.cli.instance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.cli.CommandException;
import io.weir.schemas.connect.KafkaConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReachabilityTest {
    @Test
    void brokersThatAreAwayAreNamed() {
        KafkaConnection connection = KafkaConnection.of("127.0.0.1:1", "http://127.0.0.1:2");

        assertThatThrownBy(() -> Reachability.require(connection, Duration.ofSeconds(1)))
                .isInstanceOf(CommandException.class)
                .hasMessage("bootstrap servers='127.0.0.1:1': no broker answered within 1 s; check that Kafka runs"
                        + " there, can be reached, and expects security.protocol=PLAINTEXT");
    }
}
