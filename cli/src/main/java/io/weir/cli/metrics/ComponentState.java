package io.weir.cli.metrics;

import io.weir.agent.AgentStatus;
import io.weir.cli.Failures;
import io.weir.filter.FilterApplication;
import io.weir.worker.WorkerApplication;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * How a part of this process is, at one moment.
 *
 * @param kind agent, filter or worker
 * @param alive whether it works, or may again by itself; if not, its process has to be started anew
 * @param ready whether it does its work now
 * @param state one word or a few
 * @param cause why it is not ready, and what to do
 * @param figures counts and gauges by name
 */
public record ComponentState(
        String kind, boolean alive, boolean ready, String state, Optional<String> cause, Map<String, Long> figures) {
    public ComponentState {
        figures = Map.copyOf(figures);
    }

    /** Of a part that has not begun. */
    static ComponentState starting(String kind) {
        return new ComponentState(kind, true, false, "starting", Optional.empty(), Map.of());
    }

    /** Of an agent. One that stands by is alive, and not ready. */
    public static ComponentState of(AgentStatus status) {
        return new ComponentState(
                "agent", true, status.state().equals("running"), status.state(), status.cause(), status.figures());
    }

    /** Of a filter. */
    public static ComponentState of(FilterApplication filter) {
        Optional<String> fault = failure(filter).or(filter::fault);
        boolean ready = fault.isEmpty() && filter.isRunning();
        boolean alive = failure(filter).isEmpty();
        return new ComponentState(
                "filter", alive, ready, state(alive, ready, fault.isPresent()), fault, filter.allFigures());
    }

    private static Optional<String> failure(FilterApplication filter) {
        var stopped = filter.stopped().toCompletableFuture();
        if (!stopped.isCompletedExceptionally()) {
            return Optional.empty();
        }
        try {
            stopped.join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(Failures.describe(e));
        }
    }

    /** Of a worker. */
    public static ComponentState of(WorkerApplication worker) {
        Optional<String> fault = worker.degradation();
        boolean alive = worker.failure().isEmpty();
        boolean ready = alive && fault.isEmpty() && isRunning(worker);
        return new ComponentState(
                "worker", alive, ready, state(alive, ready, fault.isPresent()), fault, worker.figures());
    }

    private static boolean isRunning(WorkerApplication worker) {
        try {
            return worker.awaitRunning(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String state(boolean alive, boolean ready, boolean fault) {
        return !alive ? "failed" : ready ? "running" : fault ? "degraded" : "starting";
    }
}
