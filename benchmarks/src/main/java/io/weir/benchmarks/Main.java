package io.weir.benchmarks;

import io.weir.benchmarks.pipeline.FileToAction;
import io.weir.benchmarks.pipeline.FilterThroughput;
import java.util.Arrays;

/** What {@code ./dev bench} runs. */
public final class Main {
    private static final String USAGE =
            """
            usage: ./dev bench NAME [OPTION]...

              file-to-action     from the close of a file to its being moved by a rule, through weir up
              filter-throughput  the filter alone on a preloaded topic, beside topologies that only forward
              jmh                microbenchmarks (JMH; takes its options, such as a pattern of names)
            """;

    private Main() {}

    /** Runs the measurement that the first argument names, with the others. */
    public static void main(String[] arguments) throws Exception {
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "file-to-action" -> FileToAction.main(rest);
            case "filter-throughput" -> FilterThroughput.main(rest);
            case "jmh" -> org.openjdk.jmh.Main.main(rest);
            default -> {
                System.err.print(USAGE);
                System.exit(2);
            }
        }
    }
}
