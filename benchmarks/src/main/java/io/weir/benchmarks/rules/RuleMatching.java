package io.weir.benchmarks.rules;

import io.weir.rules.EventView;
import io.weir.rules.Matcher;
import io.weir.rules.Rule;
import io.weir.rules.ScanMatcher;
import io.weir.rules.index.IndexMatcher;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Events a second that one thread matches, and the time to build the index. Run: {@code ./dev bench jmh RuleMatching};
 * {@code -prof gc} shows bytes an event.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RuleMatching {
    private static final int BATCH = 1024;

    @Param({"1", "100", "10000"})
    public int rules;

    private List<Rule> compiled = List.of();
    private Matcher index = new ScanMatcher(List.of());
    private Matcher scan = index;
    private EventView[] events = {};
    private int next;

    /** Makes rules and events. */
    @Setup
    public void prepare() throws IOException {
        Workload workload = new Workload();
        compiled = workload.rules(rules);
        index = IndexMatcher.of(compiled);
        scan = new ScanMatcher(compiled);
        events = workload.events(compiled, index);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void index(Blackhole hole) {
        run(index, hole);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void scan(Blackhole hole) {
        run(scan, hole);
    }

    private void run(Matcher matcher, Blackhole hole) {
        Consumer<Rule> matches = hole::consume;
        int from = next;
        for (int i = 0; i < BATCH; i++) {
            matcher.match(events[from + i], matches);
        }
        next = (from + BATCH) % events.length;
    }

    /** Builds the index anew. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Matcher build() {
        return IndexMatcher.of(compiled);
    }
}
