package io.weir.benchmarks.rules;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/**
 * Events a second that one thread matches, each contender in a process of its own. Run: {@code ./dev bench jmh
 * RuleMatching}; {@code -prof gc} shows bytes an event. {@link RuleComparison} prints the table.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RuleMatching {
    private static final int BATCH = 1024;

    @Param({"1", "10", "100", "1000", "10000", "100000"})
    public int rules;

    @Param({"INDEX", "EVENT_RULER", "SCAN"})
    public String contender = "INDEX";

    private List<Written> written = List.of();
    private Contender.Loaded loaded = event -> 0;
    private int events;
    private int next;

    /** Makes rules and events. */
    @Setup
    public void prepare() throws IOException {
        Workload workload = new Workload();
        written = workload.rules(rules);
        BenchEvent[] made = workload.events(((Contender.Weir) Contender.Kind.INDEX.build(written)).matcher());
        events = made.length;
        loaded = Contender.Kind.valueOf(contender).build(written).load(made);
    }

    /** Matches some events; gives how many rules they matched. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int match() {
        int matches = 0;
        int from = next;
        for (int i = 0; i < BATCH; i++) {
            matches += loaded.match(from + i);
        }
        next = (from + BATCH) % events;
        return matches;
    }

    /** From the text of the rules to what can be asked. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @OperationsPerInvocation(1)
    public Object build() {
        return Contender.Kind.valueOf(contender).build(written);
    }
}
