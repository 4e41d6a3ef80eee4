package io.weir.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerPortTest {
    @TempDir
    Path directory;

    @Test
    void aPortThatIsTakenWhileTheBrokerStartsGivesWayToAFreeOne() throws IOException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (EmbeddedBroker broker =
                    EmbeddedBroker.start(directory, taken.getLocalPort(), Map.of(), port -> true)) {
                assertThat(broker.port()).isNotEqualTo(taken.getLocalPort()).isPositive();
            }
        }
    }
}
