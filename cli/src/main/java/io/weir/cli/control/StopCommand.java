package io.weir.cli.control;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.lines.PrintableText;
import io.weir.schemas.ControlState;
import io.weir.schemas.connect.KafkaConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir stop}. */
@Command(
        name = "stop",
        description = {
            "Stop all workers: from now on none changes anything in the scope, until 'weir resume'.",
            "Agents and filters go on: nothing is lost, and requests wait. Programs that run are killed, and run again"
                    + " afterwards."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  weir stop --reason 'quarantine takes the wrong files'",
            "  weir stop --scope rule/lock-uploads --reason 'being reworked' --releasers alice,bob",
            "  weir stop --list"
        })
public final class StopCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ControlOptions options;

    @Option(names = "--reason", paramLabel = "TEXT", order = 2, description = "Why; shown to whoever asks.")
    private @Nullable String reason;

    @Option(
            names = "--releasers",
            paramLabel = "NAME,...",
            order = 3,
            split = ",",
            description = "Who may release it (default: anybody).")
    private List<String> releasers = new ArrayList<>();

    @Option(names = "--list", order = 4, description = "Show what is stopped, and stop nothing.")
    private boolean list;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() throws InterruptedException {
        CommandOutput output = CommandOutput.of(spec);
        if (list) {
            return list(connections.resolve(), output);
        }
        if (reason == null || reason.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--reason: expected why, for those who find it stopped");
        }
        ControlState stop = options.state(true, reason).setReleasers(releasers).build();
        return options.publish(connections.resolve(), stop, "stopped " + options.scope(), output);
    }

    private static int list(KafkaConnection connection, CommandOutput output) {
        var stops = ControlLog.stops(connection).values();
        for (ControlState stop : stops) {
            String who = stop.getReleasers().isEmpty() ? "" : "  (only " + String.join(", ", stop.getReleasers()) + ")";
            output.line(PrintableText.of(
                    stop.getScope() + "  " + stop.getAt() + "  " + stop.getBy() + "  " + stop.getReason() + who));
        }
        if (stops.isEmpty()) {
            output.note("nothing is stopped");
        }
        return ExitCode.OK;
    }
}
