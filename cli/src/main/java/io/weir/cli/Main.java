package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.cli.cluster.TopicsCommand;
import io.weir.cli.cluster.VolumeCommand;
import io.weir.cli.rule.RulesCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Entry point. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        StopRequest stop = new StopRequest();
        StopSignals.install(stop);
        int code = commandLine(CommandContext.ofProcess(stop), writer(FileDescriptor.out), writer(FileDescriptor.err))
                .execute(arguments);
        System.exit(code);
    }

    /** The whole command line over these streams. */
    public static CommandLine commandLine(CommandContext context, PrintWriter out, PrintWriter err) {
        CommandLine weir = new CommandLine(new WeirCommand(), new CommandFactory(context))
                .addSubcommand(RulesCommand.class)
                .addSubcommand(TopicsCommand.class)
                .addSubcommand(VolumeCommand.class);
        Failures failures = new Failures();
        return weir.setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setUsageHelpWidth(100)
                .setUsageHelpLongOptionsMaxWidth(34)
                .setAbbreviatedOptionsAllowed(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8), true);
    }
}
