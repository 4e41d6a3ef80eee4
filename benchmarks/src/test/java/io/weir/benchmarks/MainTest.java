package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
    private final CommandLine bench = Main.commandLine();

    @Test
    void eachMeasurementHasItsOptionsAndTheDirectory() {
        var throughput = bench.parseArgs("filter-throughput", "--events", "10", "--runs", "1", "--directory", "/tmp");
        assertThat(throughput.subcommand().matchedOptionValue("--events", 0)).isEqualTo(10);
        assertThat(throughput.subcommand().matchedOptionValue("--directory", Path.of("/")))
                .isEqualTo(Path.of("/tmp"));
        var latency = bench.parseArgs("file-to-action", "--action", "quarantine", "--directory", "/tmp");
        assertThat(latency.subcommand().matchedOption("--action").getValue().toString())
                .isEqualTo("QUARANTINE");
    }

    @Test
    void jmhGetsItsOptionsAsTheyAre() {
        var jmh = bench.parseArgs("jmh", "RuleMatching", "-f", "1", "-wi", "3", "-p", "rules=10");
        assertThat(jmh.subcommand().matchedPositionalValue(0, List.of()))
                .isEqualTo(List.of("RuleMatching", "-f", "1", "-wi", "3", "-p", "rules=10"));
    }

    @Test
    void withoutANameItTellsWhichThereAre() {
        StringWriter err = new StringWriter();
        assertThat(bench.setErr(new PrintWriter(err)).execute()).isEqualTo(2);
        assertThat(err.toString()).contains("file-to-action", "filter-throughput", "jmh");
    }
}
