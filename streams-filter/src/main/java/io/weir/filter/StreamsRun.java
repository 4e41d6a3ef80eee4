package io.weir.filter;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** One run of Kafka Streams, from its start to its end or failure. */
final class StreamsRun implements AutoCloseable {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final FilterParts parts;
    private final KafkaStreams streams;
    private final BooleanSupplier leaves;
    private final AtomicReference<Throwable> thrown = new AtomicReference<>();

    /**
     * @param leaves asked at the close: whether no other run is to follow under the same id
     * @param changed told of each change of {@link #isRunning} or {@link #hasEnded}
     */
    StreamsRun(
            FilterConfig config,
            FilterFigures figures,
            Consumer<RuleReport> reports,
            BooleanSupplier leaves,
            Runnable changed) {
        this.leaves = leaves;
        parts = new FilterParts(config, figures, reports);
        try {
            streams = new KafkaStreams(
                    FilterTopology.build(parts), StreamsSettings.of(config), new FilterClients(parts.commits()));
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
        streams.setStateListener((now, before) -> changed.run());
        streams.setUncaughtExceptionHandler(e -> {
            thrown.compareAndSet(null, e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setGlobalStateRestoreListener(new RulesRestored(parts.rules()));
    }

    /** Starts; returns when the global topics have been read. */
    void start() {
        streams.start();
    }

    boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    boolean hasEnded() {
        return streams.state().hasCompletedShutdown();
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(thrown.get());
    }

    FilterParts parts() {
        return parts;
    }

    /**
     * Commits and stops; within 5 seconds. One that leaves hands its partitions to the other filters at once. One that is
     * followed by another run stays a member of the group, so that the next has the same partitions at once.
     */
    @Override
    public void close() {
        GroupMembershipOperation membership =
                leaves.getAsBoolean() ? GroupMembershipOperation.LEAVE_GROUP : GroupMembershipOperation.REMAIN_IN_GROUP;
        streams.close(CloseOptions.timeout(CLOSE).withGroupMembershipOperation(membership));
        parts.close();
    }

    /** Puts the rules in force once all of them have been read. */
    private record RulesRestored(RuleLog rules) implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition partition, String store, long start, long end) {}

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long end, long count) {}

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long count) {
            if (store.equals(FilterTopology.RULES_STORE)) {
                rules.restored();
            }
        }
    }
}
