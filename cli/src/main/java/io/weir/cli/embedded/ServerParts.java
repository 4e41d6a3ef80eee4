package io.weir.cli.embedded;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.controller.ControllerRequestContext;
import scala.Option;
import scala.collection.immutable.Set$;

/** The broker and the controller within a {@link KafkaRaftServer}, which shows neither but in private fields. */
final class ServerParts {
    private static final long ANSWER_S = 30;

    private final BrokerServer broker;
    private final ControllerServer controller;

    private ServerParts(BrokerServer broker, ControllerServer controller) {
        this.broker = broker;
        this.controller = controller;
    }

    static ServerParts of(KafkaRaftServer server) {
        return new ServerParts((BrokerServer) field(server, "broker"), (ControllerServer) field(server, "controller"));
    }

    private static Object field(KafkaRaftServer server, String name) {
        try {
            Field field = KafkaRaftServer.class.getDeclaredField(name);
            field.setAccessible(true);
            return ((Option<?>) field.get(server)).get();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of Kafka does not show its " + name + "; expected 4.3.1", e);
        }
    }

    /** The port that a listener serves clients on. */
    int port(String listener) {
        return broker.boundPort(new ListenerName(listener));
    }

    /**
     * Starts the controller alone and takes the dead broker's registration away, at once rather than when its session ends.
     *
     * <p>With it in place, the new broker would load its transactions as the leader of all partitions, and then lose and
     * regain each when it is registered anew. A commit whose markers are being written at that moment is taken for complete:
     * Kafka (4.3.1) takes partitions without a leader for deleted ones and skips their markers. Readers of committed records,
     * and a group whose offsets were part of the transaction, then wait for ever.
     */
    void startControllerWithoutTheDeadBroker() {
        controller.startup();
        if (!await(() -> controller.controller().isActive(), Duration.ofSeconds(ANSWER_S))) {
            throw new IllegalStateException("the controller has not become active within " + ANSWER_S + " s");
        }
        var deadline = OptionalLong.of(System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_S));
        var context = new ControllerRequestContext(new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, deadline);
        try {
            controller
                    .controller()
                    .unregisterBroker(context, BrokerSettings.NODE_ID)
                    .get(ANSWER_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
                throw new IllegalStateException(
                        "the controller did not end the dead broker's registration", e.getCause());
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the controller did not end the dead broker's registration within " + ANSWER_S + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the controller was starting", e);
        }
    }

    /** Waits until no decided transaction still has markers to write, for the reason above; whether that came true in time. */
    boolean awaitDecidedTransactions(Duration limit) {
        return await(() -> !hasDecidedTransactions(), limit);
    }

    private static boolean await(BooleanSupplier condition, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        return true;
    }

    private boolean hasDecidedTransactions() {
        return broker
                .transactionCoordinator()
                .handleListTransactions(Set$.MODULE$.empty(), Set$.MODULE$.empty(), -1, null)
                .transactionStates()
                .stream()
                .anyMatch(t -> t.transactionState().startsWith("Prepare"));
    }
}
