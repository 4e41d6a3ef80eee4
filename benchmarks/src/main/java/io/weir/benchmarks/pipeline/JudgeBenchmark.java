package io.weir.benchmarks.pipeline;

import io.weir.filter.ActiveRules;
import io.weir.filter.Entry;
import io.weir.filter.FilterFigures;
import io.weir.filter.Judge;
import io.weir.filter.JudgeSettings;
import io.weir.filter.RegisteredVolumes;
import io.weir.filter.SequenceTable;
import io.weir.filter.StateLog;
import io.weir.rules.ActionTypes;
import io.weir.rules.Rule;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.RuleSet;
import io.weir.schemas.FileEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

/** What the judge costs an event, without Kafka: decoding, sequence check, matching, one request in a hundred. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class JudgeBenchmark {
    private static final int EVENTS = 50_000;

    /** How many rules there are. */
    @Param({"0", "100", "10000"})
    public int rules;

    private final List<Entry> entries = new ArrayList<>();
    private ActiveRules active = ActiveRules.NONE;
    private Judge judge = judge();

    /** Encodes the events and compiles the rules. */
    @Setup
    public void load() throws IOException, RuleRejectedException {
        EventLoad load = new EventLoad(1);
        for (int i = 0; i < EVENTS; i++) {
            entries.add(new Entry(null, load.encoded(i), new RecordHeaders(), 0));
        }
        List<Rule> compiled = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            compiled.add(Rule.compile(RuleLoad.definition(i), ActionTypes.discover()));
        }
        active = ActiveRules.of(RuleSet.of(compiled), 1);
    }

    /** Forgets the numbers, so that the events are new again. */
    @Setup(Level.Invocation)
    public void forget() {
        judge = judge();
    }

    private Judge judge() {
        return judge(() -> active);
    }

    /** A judge that has seen nothing yet. */
    static Judge judge(Supplier<ActiveRules> rules) {
        RegisteredVolumes volumes = new RegisteredVolumes(Set.of(EventLoad.VOLUME), 0);
        JudgeSettings settings =
                new JudgeSettings("bench", () -> volumes, id -> FileEvent.getClassSchema(), Duration.ofHours(24));
        return new Judge(rules, new SequenceTable(), StateLog.NONE, settings, new FilterFigures());
    }

    /** Judges all events once. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int judge50000Events() {
        int outputs = 0;
        for (int i = 0; i < EVENTS; i++) {
            outputs += judge.on(entries.get(i), 0, i).size();
        }
        return outputs;
    }
}
