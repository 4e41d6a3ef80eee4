package io.weir.it.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.TopicAdmin;
import io.weir.schemas.topic.TopicSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A broker and a registry, each a process of its own, with Weir's topics.
 *
 * @param opened closes them, and what is started with them
 */
record Servers(Opened opened, ServerProcess broker, ServerProcess registry) {
    /**
     * Starts both.
     *
     * @param opened closes all
     * @param directory for the broker's data
     */
    static Servers start(Opened opened, Path directory) {
        ServerProcess broker = opened.add(ServerProcess.broker(directory));
        Servers servers = new Servers(opened, broker, opened.add(ServerProcess.registry(broker)));
        try (TopicAdmin admin = new TopicAdmin(servers.connection())) {
            admin.create(TopicSettings.embedded());
        }
        return servers;
    }

    KafkaConnection connection() {
        return KafkaConnection.of(broker.address(), registry.address());
    }

    /** The arguments of a command, with these servers. */
    String[] arguments(String... command) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--bootstrap-servers", broker.address(), "--schema-registry", registry.address()));
        return arguments.toArray(String[]::new);
    }

    /** Starts a part of Weir, and waits until it runs. */
    WeirProcess startPart(Path home, String... command) {
        WeirProcess part = opened.add(WeirProcess.start(home, arguments(command)));
        Awaitility.await().atMost(WeirProcess.PATIENCE).until(() -> {
            assertThat(part.isAlive()).as(part::transcript).isTrue();
            return part.err().contains(" runs");
        });
        return part;
    }
}
