package io.weir.agent.claim;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Whether an agent is of record, for who waits for it. All threads. */
public final class Standing {
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private final CompletableFuture<Void> held = new CompletableFuture<>();
    private final CompletableFuture<NotOfRecordException> lost = new CompletableFuture<>();
    private volatile @Nullable String behind;
    private volatile @Nullable String trouble;

    /** Completes when Kafka has first told who is of record, whoever it is. */
    public CompletableFuture<Void> answered() {
        return answered.copy();
    }

    /** Completes when this agent is of record for the first time; with a {@link NotOfRecordException} if it is refused. */
    public CompletableFuture<Void> held() {
        return held.copy();
    }

    /** Completes when another is of record and this agent has given up. */
    public CompletableFuture<NotOfRecordException> lost() {
        return lost.copy();
    }

    /** Who is of record while this one stands by, for people. */
    public Optional<String> behind() {
        return Optional.ofNullable(behind);
    }

    /** Why it is not of record; empty if it is. */
    public Optional<String> fault() {
        if (lost.isDone()) {
            return Optional.of(String.valueOf(lost.join().getMessage()));
        }
        return Optional.ofNullable(trouble);
    }

    /** Whether it stands by. */
    public boolean isStandby() {
        return behind != null;
    }

    void standsBy(String holder) {
        behind = holder;
        trouble = null;
        answered.complete(null);
    }

    void holds() {
        behind = null;
        trouble = null;
        held.complete(null); // First: who has waited for the answer asks at once whether it is held.
        answered.complete(null);
    }

    void answers() {
        trouble = null;
        answered.complete(null);
    }

    void doubts(String why) {
        trouble = why;
    }

    /** Another is of record, and this agent gives up. */
    public void gaveUp(NotOfRecordException why) {
        lost.complete(why);
        held.completeExceptionally(why);
        answered.complete(null);
    }
}
