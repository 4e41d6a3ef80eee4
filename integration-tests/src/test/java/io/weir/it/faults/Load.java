package io.weir.it.faults;

import io.weir.it.faults.Change.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Changes files at a steady rate in so many directories that each partition has its share, and looks on the disk when each
 * change is answered. What takes longer than {@link #LATE} is late; a fault is over when nothing is late any more.
 */
final class Load implements AutoCloseable {
    static final Duration LATE = Duration.ofMillis(Long.getLong("weir.late.ms", 1_000));
    private static final List<Kind> KINDS = List.of(Kind.values());
    private final List<Future<?>> running = new ArrayList<>();
    private static final Duration INTERVAL = Duration.ofMillis(Long.getLong("weir.interval.ms", 100));
    private static final int LOOK_MILLIS = 20;
    /** Of those that wait, the oldest: in an outage there are thousands, and to look at all of them would starve the system. */
    private static final int LOOKED_AT = 500;

    private static final int DIRECTORIES = 8;
    private static final int LOCKS = 4_000;

    private record Answer(Change change, long at) {
        long nanos() {
            return at - change.at();
        }

        boolean isLate() {
            return nanos() > LATE.toNanos();
        }
    }

    private final Path volume;
    private final Random random;
    private final Duration calm;
    private final List<Change> waiting = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
    private @Nullable Throwable failure;
    private int number;
    private int locks;
    private volatile boolean goesOn;

    /**
     * Prepares the volume; changes nothing yet.
     *
     * @param calm for how long nothing is late before something is taken for over
     */
    Load(Path volume, Random random, Duration calm) throws IOException {
        this.volume = volume;
        this.random = random;
        this.calm = calm;
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < DIRECTORIES; i++) {
                Files.createDirectories(volume.resolve(kind.rule() + "/d" + i));
            }
        }
        for (int i = 0; i < LOCKS; i++) {
            Change.prepare(volume, lock(i));
        }
    }

    private static String lock(int number) {
        return "/lock/d" + number % DIRECTORIES + "/l" + number;
    }

    void start() {
        goesOn = true;
        running.add(threads.scheduleAtFixedRate(guarded(this::change), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        running.add(threads.scheduleWithFixedDelay(guarded(this::look), 0, LOOK_MILLIS, TimeUnit.MILLISECONDS));
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) {
                synchronized (this) {
                    failure = e;
                }
                throw e;
            }
        };
    }

    private void change() {
        if (!goesOn) {
            return;
        }
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        Change made = kind == Kind.LOCK && locks < LOCKS
                ? Change.make(volume, kind, lock(locks++))
                : changeAnother(kind == Kind.LOCK ? Kind.TAKE : kind);
        synchronized (this) {
            waiting.add(made);
        }
    }

    private Change changeAnother(Kind kind) {
        String path = "/" + kind.rule() + "/d" + random.nextInt(DIRECTORIES) + "/f" + number++ + ".dat";
        return Change.make(volume, kind, path);
    }

    private void look() {
        List<Change> asked;
        synchronized (this) {
            asked = List.copyOf(waiting.subList(0, Math.min(LOOKED_AT, waiting.size())));
        }
        List<Answer> seen = new ArrayList<>();
        for (Change change : asked) {
            if (change.isAnswered(volume)) {
                seen.add(new Answer(change, System.nanoTime()));
            }
        }
        synchronized (this) {
            waiting.removeAll(seen.stream().map(Answer::change).toList());
            answers.addAll(seen);
        }
    }

    /** Waits until nothing has been late for a while, by when what happened just before would have been seen to be late. */
    void awaitCalm(Duration limit) {
        long begun = System.nanoTime();
        try {
            Awaitility.await("that nothing is late any more")
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> System.nanoTime() - begun > calm.plus(LATE).toNanos() && isCalm());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(describeWaiting(), e);
        }
    }

    private synchronized boolean isCalm() {
        if (failure != null) {
            throw new IllegalStateException("the load has ended", failure);
        }
        long now = System.nanoTime();
        return waiting.stream().noneMatch(change -> now - change.at() > LATE.toNanos())
                && lateAfter(now - calm.toNanos()).findAny().isEmpty();
    }

    private Stream<Answer> lateAfter(long since) {
        return answers.stream().filter(answer -> answer.at() - since > 0 && answer.isLate());
    }

    /** How long after this moment the last answer came that was late; empty if none did. */
    synchronized Optional<Duration> lateUntil(long since) {
        OptionalLong last = lateAfter(since).mapToLong(Answer::at).max();
        return last.isPresent() ? Optional.of(Duration.ofNanos(last.getAsLong() - since)) : Optional.empty();
    }

    /** The longest that an answer has taken that came after this moment. */
    synchronized Duration longest(long since) {
        return Duration.ofNanos(answers.stream()
                .filter(answer -> answer.at() - since > 0)
                .mapToLong(Answer::nanos)
                .max()
                .orElse(0));
    }

    /** Changes no more, and waits until all are answered. */
    void finish(Duration limit) {
        goesOn = false;
        try {
            Awaitility.await("that all changes are answered").atMost(limit).until(() -> isCalm() && count() == 0);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(describeWaiting(), e);
        }
    }

    private synchronized int count() {
        return waiting.size();
    }

    /** All changes that were answered. */
    synchronized List<Change> answered() {
        return answers.stream().map(Answer::change).toList();
    }

    private synchronized String describeWaiting() {
        long now = System.nanoTime();
        return waiting.size() + " changes are not answered, " + answers.size() + " are; the oldest: "
                + waiting.stream()
                        .limit(10)
                        .map(change -> change.path() + " for " + (now - change.at()) / 1_000_000 + " ms")
                        .toList();
    }

    @Override
    public void close() {
        running.forEach(one -> one.cancel(false));
        goesOn = false;
        threads.shutdownNow();
    }
}
