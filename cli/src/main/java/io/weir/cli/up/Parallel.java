package io.weir.cli.up;

import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs a few tasks at the same time and waits for all of them. */
final class Parallel {
    private Parallel() {}

    /** One of the tasks. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    /**
     * Returns when all are done.
     *
     * @throws CommandException with the first failure, once the others are done too
     */
    static void run(Task... tasks) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.length, task -> new Thread(task, "weir-start"));
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Task task : tasks) {
                running.add(threads.submit(() -> {
                    task.run();
                    return null;
                }));
            }
            join(running);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void join(List<Future<?>> running) throws InterruptedException {
        ExecutionException first = null;
        for (Future<?> task : running) {
            try {
                task.get();
            } catch (ExecutionException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            Throwable cause = Failures.unwrap(first);
            if (cause instanceof CommandException known) {
                throw known;
            }
            throw new CommandException(Failures.describe(cause), first);
        }
    }
}
