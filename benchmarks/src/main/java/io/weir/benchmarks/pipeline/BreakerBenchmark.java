package io.weir.benchmarks.pipeline;

import io.weir.filter.ActiveRules;
import io.weir.filter.Entry;
import io.weir.filter.Judge;
import io.weir.rules.ActionTypes;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.RuleSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * What counting firings adds to a match, without Kafka: one rule that every event matches. The events are of 50,000 paths
 * within one span, five times as many as are kept, so that nearly each firing also forgets another.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class BreakerBenchmark {
    private static final int EVENTS = 50_000;

    /** What the rule says. */
    @Param({"off", "{ firings: 100, within: 10m }"})
    public String breaker = "off";

    private final List<Entry> entries = new ArrayList<>();
    private ActiveRules active = ActiveRules.NONE;
    private Judge judge = judge();

    /** Encodes the events and compiles the rule. */
    @Setup
    public void load() throws IOException, RuleRejectedException {
        EventLoad load = new EventLoad(1);
        for (int i = 0; i < EVENTS; i++) {
            entries.add(new Entry(null, load.encoded(i), new RecordHeaders(), i));
        }
        String definition = "id: all\non: [created, modified, written, attributes-changed]\nbreaker: " + breaker
                + "\nactions:\n  - quarantine: { to: /.quarantine }\n";
        active = ActiveRules.of(RuleSet.of(List.of(Rule.compile(definition, ActionTypes.discover()))), 1);
    }

    /** Forgets the numbers, so that the events are new again. */
    @Setup(Level.Invocation)
    public void forget() {
        judge = judge();
    }

    private Judge judge() {
        return JudgeBenchmark.judge(() -> active);
    }

    /** Judges all events once. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int judge50000Matches() {
        int outputs = 0;
        for (int i = 0; i < EVENTS; i++) {
            outputs += judge.on(entries.get(i), 0, i).size();
        }
        return outputs;
    }
}
