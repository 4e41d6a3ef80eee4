package io.weir.cli.capture;

import io.weir.agent.AgentConfig;
import io.weir.agent.inotify.InotifyAgent;
import io.weir.agent.inotify.InotifyAgentConfig;
import io.weir.agent.inotify.WatchRoot;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.HostName;
import io.weir.cli.lines.Line;
import io.weir.cli.lines.LinePrinter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir watch}. */
@Command(
        name = "watch",
        description = "Print what happens in directories. Needs no Kafka, and keeps nothing.",
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n")
public final class WatchCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CaptureOptions capture;

    @Option(names = "--json", order = 20, description = "Print one JSON object a line.")
    private boolean json;

    public WatchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandOutput output = CommandOutput.of(spec);
        InotifyAgentConfig config = capture.over(AgentConfig.inMemory("watch", HostName.local()), output::note);
        LinePrinter lines = new LinePrinter(json, output.out(), context.stop());
        try (InotifyAgent agent = InotifyAgent.open(config, new PrintingOutlet(lines::accept))) {
            agent.start();
            lines.accept(new Line.Ready(
                    config.roots().stream().map(WatchRoot::volume).distinct().toList(), "", ""));
            context.stop().await();
        }
        return ExitCode.OK;
    }
}
