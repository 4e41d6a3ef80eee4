package io.weir.cli.audit;

import io.weir.cli.CommandOutput;
import io.weir.filter.replay.ReadProgress;
import io.weir.filter.replay.verify.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows how far a reading is, if it takes more than two seconds: a bar, how many records a second, and how long it will still
 * take. On a terminal it is one line that changes; elsewhere a line every ten seconds.
 */
final class ProgressLine implements Verification.Phases.Phase {
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration ON_TERMINAL = Duration.ofMillis(250);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final int WIDTH = 30;
    private static final String CLEAR = "\r\u001b[K";

    private final String what;
    private final ReadProgress progress = new ReadProgress();
    private final CommandOutput output;
    private final boolean terminal;
    private final long begun = System.nanoTime();
    private final Thread thread;
    private boolean shown;

    private ProgressLine(String what, CommandOutput output, boolean terminal) {
        this.what = what;
        this.output = output;
        this.terminal = terminal;
        this.thread = new Thread(this::show, "weir-progress");
        thread.setDaemon(true);
    }

    /** Begins to show it. */
    static ProgressLine start(String what, CommandOutput output) {
        ProgressLine line = new ProgressLine(what, output, isTerminal());
        line.thread.start();
        return line;
    }

    /** Whether standard error is one. {@code System.console} says since Java 22 only whether there might be one. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public ReadProgress progress() {
        return progress;
    }

    private void show() {
        try {
            Thread.sleep(QUIET.toMillis());
            while (true) {
                print(text(what, progress.done(), progress.total(), progress.records(), nanos()));
                Thread.sleep((terminal ? ON_TERMINAL : ELSEWHERE).toMillis());
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private synchronized void print(String text) {
        shown = true;
        if (terminal) {
            output.err().print(CLEAR + "weir: " + text);
            output.err().flush();
        } else {
            output.note(text);
        }
    }

    private long nanos() {
        return System.nanoTime() - begun;
    }

    /** Such as {@code judging [#####     ] 50 %, 600,000 records/s, 8 s left}. */
    static String text(String what, long done, long total, long records, long nanos) {
        double part = total <= 0 ? 1 : Math.min(1, done / (double) total);
        int filled = (int) (part * WIDTH);
        double seconds = nanos / 1e9;
        String left = part < 0.005 ? "" : ", " + duration(seconds * (1 - part) / part) + " left";
        return String.format(
                Locale.ROOT,
                "%s [%s%s] %.0f %%, %,.0f records/s%s",
                what,
                "#".repeat(filled),
                " ".repeat(WIDTH - filled),
                part * 100,
                records / seconds,
                left);
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 120 ? whole + " s" : whole / 60 + " min";
    }

    /** Ends it; says what was read, if that took long. */
    @Override
    public void close() {
        thread.interrupt();
        synchronized (this) {
            if (shown) {
                double seconds = nanos() / 1e9;
                output.err().print(terminal ? CLEAR : "");
                output.note(String.format(
                        Locale.ROOT,
                        "%s: %,d records in %.1f s, %,.0f a second",
                        what,
                        progress.records(),
                        seconds,
                        progress.records() / seconds));
            }
        }
    }
}
