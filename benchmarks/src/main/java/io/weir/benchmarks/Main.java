package io.weir.benchmarks;

import io.weir.benchmarks.capture.CaptureBenchmark;
import io.weir.benchmarks.capture.NotifyThroughput;
import io.weir.benchmarks.capture.QumuloThroughput;
import io.weir.benchmarks.marks.MarksCost;
import io.weir.benchmarks.pipeline.AuditThroughput;
import io.weir.benchmarks.pipeline.FileToAction;
import io.weir.benchmarks.pipeline.FilterThroughput;
import io.weir.benchmarks.rules.RuleComparison;
import io.weir.benchmarks.scale.AgentScale;
import io.weir.benchmarks.worker.WorkerThroughput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code ./dev bench} runs. */
@Command(
        name = "./dev bench",
        mixinStandardHelpOptions = true,
        description = "Measures Weir; docs/performance.md tells how and what came of it.",
        subcommands = {
            AgentScale.class,
            AuditThroughput.class,
            CaptureBenchmark.class,
            FileToAction.class,
            FilterThroughput.class,
            MarksCost.class,
            NotifyThroughput.class,
            QumuloThroughput.class,
            RuleComparison.class,
            WorkerThroughput.class
        })
public final class Main implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Runs the measurement that the first argument names, with the others. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .addSubcommand(new CommandLine(new Jmh()).setUnmatchedOptionsArePositionalParams(true));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return spec.exitCodeOnInvalidInput();
    }

    /** The microbenchmarks, with JMH's own options. */
    @Command(name = "jmh", description = "Microbenchmarks; takes the options of JMH, such as a pattern of names.")
    static final class Jmh implements Callable<Integer> {
        @Parameters(arity = "0..*", paramLabel = "OPTION")
        private List<String> options = new ArrayList<>();

        @Override
        public Integer call() throws Exception {
            org.openjdk.jmh.Main.main(options.toArray(String[]::new));
            return CommandLine.ExitCode.OK;
        }
    }
}
