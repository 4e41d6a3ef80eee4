package io.weir.cli.up;

import io.weir.cli.embedded.EmbeddedBroker;
import io.weir.cli.embedded.EmbeddedRegistry;
import io.weir.schemas.connect.KafkaConnection;
import java.io.Closeable;
import java.nio.file.Path;

/** The embedded broker with the registry that keeps its schemas in it. */
final class EmbeddedKafka implements Closeable {
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;

    private EmbeddedKafka(EmbeddedBroker broker, EmbeddedRegistry registry) {
        this.broker = broker;
        this.registry = registry;
    }

    /** Starts both, on the default ports if those are free. */
    static EmbeddedKafka start(Path directory) {
        EmbeddedBroker broker = EmbeddedBroker.start(directory, EmbeddedBroker.DEFAULT_PORT);
        try {
            return new EmbeddedKafka(
                    broker, EmbeddedRegistry.start(broker.bootstrapServers(), EmbeddedRegistry.DEFAULT_PORT));
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    KafkaConnection connection() {
        return KafkaConnection.of(broker.bootstrapServers(), registry.url());
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
