package io.weir.qumulo.emulator.fault;

import io.weir.qumulo.emulator.settings.EmulatorClock;
import io.weir.qumulo.emulator.settings.Switches;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A script at work. What counts events happens right after the event that is due; time is the host's. Safe for all threads. */
public final class ScriptRun implements AutoCloseable {
    private final Faults faults;
    private final Switches switches;
    private final EmulatorClock clock;
    private final Counters counters;
    private final Consumer<String> report;
    private final List<Pending> pending = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "weir-qumulo-script");
        thread.setDaemon(true);
        return thread;
    });

    private static final class Pending {
        final Script.Step step;
        long next;

        Pending(Script.Step step, long next) {
            this.step = step;
            this.next = next;
        }
    }

    private ScriptRun(
            Faults faults, Switches switches, EmulatorClock clock, Counters counters, Consumer<String> report) {
        this.faults = faults;
        this.switches = switches;
        this.clock = clock;
        this.counters = counters;
        this.report = report;
    }

    /**
     * Begins now.
     *
     * @param report told each step that happens
     */
    public static ScriptRun start(
            Script script,
            Faults faults,
            Switches switches,
            EmulatorClock clock,
            Counters counters,
            Consumer<String> report) {
        var run = new ScriptRun(faults, switches, clock, counters, report);
        for (Script.Step step : script.steps()) {
            run.plan(step);
        }
        counters.attach(run);
        return run;
    }

    private synchronized void plan(Script.Step step) {
        long count = step.trigger().count();
        switch (step.trigger().kind()) {
            case EVENTS -> pending.add(new Pending(step, counters.events() + count));
            case STREAMS -> pending.add(new Pending(step, counters.streams() + count));
            case REQUESTS -> pending.add(new Pending(step, counters.requests() + count));
            case TIME -> {
                if (step.trigger().repeated()) {
                    var unused = timer.scheduleAtFixedRate(() -> happen(step), count, count, TimeUnit.MILLISECONDS);
                } else {
                    var unused = timer.schedule(() -> happen(step), count, TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    synchronized boolean isDue(Trigger.Kind kind, long total) {
        for (Pending each : pending) {
            if (each.step.trigger().kind() == kind && each.next <= total) {
                return true;
            }
        }
        return false;
    }

    void reached(Trigger.Kind kind, long total) {
        takeDue(kind, total).forEach(this::happen);
    }

    private synchronized List<Script.Step> takeDue(Trigger.Kind kind, long total) {
        var due = new ArrayList<Script.Step>();
        for (Pending each : pending) {
            Trigger trigger = each.step.trigger();
            if (trigger.kind() == kind && each.next <= total) {
                due.add(each.step);
                each.next = trigger.repeated()
                        ? each.next + ((total - each.next) / trigger.count() + 1) * trigger.count()
                        : Long.MAX_VALUE;
            }
        }
        return due;
    }

    private void happen(Script.Step step) {
        step.effect().happen(faults, switches, clock);
        report.accept(step.label());
    }

    @Override
    public void close() {
        counters.attach(null);
        timer.shutdownNow();
    }
}
