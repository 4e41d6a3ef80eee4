package io.weir.cli.qumulo;

import io.weir.agent.marks.AttemptLiveness;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.topic.ComponentTexts;
import io.weir.schemas.topic.Topics;
import java.io.Closeable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Whether workers' processes live, by their heartbeats in {@code weir.components}, where worker and agent share no host. A
 * process is told from others of the same worker by the lock that its marks and its heartbeats name. Times are of this
 * process's own clock, from the reading of a heartbeat on: no other clock plays a part. While nothing can be read, all live.
 */
final class Heartbeats implements AttemptLiveness, Closeable {
    /** A worker holds back from a cluster's files when it has not been heard for a third of this. */
    static final Duration LEASE = Duration.ofSeconds(60);

    /** Somebody reports every few seconds, at least this agent: silence for so long means that nothing can be read. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private record Heard(String lock, boolean stopped, long nanos) {}

    private final LongSupplier nanos;
    private final Map<String, Heard> workers = new ConcurrentHashMap<>();
    /** When a process was first asked for that was not heard of. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    private final @Nullable TopicFollower follower;
    private volatile boolean caughtUp;
    private volatile long heardAny;

    /** Follows {@code weir.components} from now on. */
    Heartbeats(KafkaConnection connection) {
        this.nanos = System::nanoTime;
        this.heardAny = nanos.getAsLong();
        this.follower = new TopicFollower(connection, Topics.COMPONENTS, new Taker());
    }

    /** Without a topic, for tests. */
    Heartbeats(LongSupplier nanos) {
        this.nanos = nanos;
        this.follower = null;
        this.heardAny = nanos.getAsLong();
        this.caughtUp = true;
    }

    @Override
    public boolean alive(BeginMark mark) {
        long now = nanos.getAsLong();
        if (!caughtUp || now - heardAny > SILENCE.toNanos()) {
            asked.clear(); // What was not heard meanwhile may have been said.
            return true;
        }
        Heard heard = workers.get(mark.worker());
        long since = asked.computeIfAbsent(mark.lock(), lock -> now);
        if (heard == null) {
            return now - since <= LEASE.toNanos();
        }
        if (heard.lock().equals(mark.lock())) {
            return !heard.stopped() && now - Math.max(heard.nanos(), since) <= LEASE.toNanos();
        }
        boolean another = heard.nanos() - since > 0;
        return !another && now - since <= LEASE.toNanos();
    }

    void take(ComponentStatus status) {
        long now = nanos.getAsLong();
        heardAny = now;
        String lock = status.getTexts().get(ComponentTexts.LOCK);
        if (status.getKind().equals("worker") && lock != null) {
            workers.put(status.getId(), new Heard(lock, status.getState().equals("stopped"), now));
        }
    }

    private final class Taker implements TopicFollower.Taker {
        @Override
        public void accept(ConsumerRecord<String, SpecificRecord> record) {
            if (record.value() instanceof ComponentStatus status) {
                take(status);
            }
        }

        @Override
        public void caughtUp() {
            caughtUp = true;
        }

        @Override
        public void anew() {
            caughtUp = false;
        }
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
    }
}
