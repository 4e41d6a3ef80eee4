package io.weir.it.filter;

import io.weir.cli.CommandContext;
import io.weir.cli.Main;
import io.weir.cli.StopRequest;
import io.weir.it.TestCluster;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands against a cluster, within this process. */
record Commands(TestCluster cluster, Path directory) {
    /** What a command did. */
    record Run(int code, String out, String err) {}

    Run weir(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of("--bootstrap-servers", cluster.bootstrapServers(), "--schema-registry", cluster.registryUrl()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        StopRequest stop = new StopRequest();
        CommandContext context =
                new CommandContext(Map.of(), directory, Path.of("..").toAbsolutePath(), () -> stop);
        int code = Main.commandLine(context, new PrintWriter(out), new PrintWriter(err))
                .execute(all.toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }
}
