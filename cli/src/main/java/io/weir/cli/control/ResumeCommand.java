package io.weir.cli.control;

import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.instance.Reachability;
import io.weir.cli.lines.PrintableText;
import io.weir.schemas.ControlState;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir resume}. */
@Command(
        name = "resume",
        description = {
            "Release a stop: the requests that have waited are carried out, unless they have become too old.",
            "'weir stop --list' shows what is stopped."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir resume --scope rule/lock-uploads --reason 'mended'")
public final class ResumeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ControlOptions options;

    @Option(names = "--reason", paramLabel = "TEXT", order = 2, defaultValue = "", description = "Why.")
    private String reason = "";

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    @Override
    public Integer call() throws InterruptedException {
        KafkaConnection connection = connections.resolve();
        Reachability.require(connection, Reachability.WAIT, Topics.CONTROL);
        Map<String, ControlState> stops = ControlLog.stops(connection);
        ControlState stop = stops.get(options.scope().toString());
        if (stop == null) {
            throw ControlOptions.notStopped(options.scope(), stops.keySet());
        }
        if (!stop.getReleasers().isEmpty() && !stop.getReleasers().contains(options.author())) {
            throw new CommandException(PrintableText.of("scope='" + options.scope() + "' was stopped by " + stop.getBy()
                    + " (" + stop.getReason() + "), and only " + String.join(", ", stop.getReleasers())
                    + " may release it; you are '" + options.author() + "'"));
        }
        ControlState release =
                options.state(false, reason).setReleasers(stop.getReleasers()).build();
        return options.publish(connection, release, "released " + options.scope(), CommandOutput.of(spec));
    }
}
