package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.cli.acl.AclsCommand;
import io.weir.cli.audit.AuditCommand;
import io.weir.cli.audit.ReplayCommand;
import io.weir.cli.audit.WhyCommand;
import io.weir.cli.capture.AgentCommand;
import io.weir.cli.capture.WatchCommand;
import io.weir.cli.cluster.FilterCommand;
import io.weir.cli.cluster.TopicsCommand;
import io.weir.cli.cluster.VolumeCommand;
import io.weir.cli.cluster.WorkerCommand;
import io.weir.cli.control.ResumeCommand;
import io.weir.cli.control.StopCommand;
import io.weir.cli.doctor.DoctorCommand;
import io.weir.cli.emulator.QumuloEmulatorCommand;
import io.weir.cli.letter.DeadLettersCommand;
import io.weir.cli.quarantine.QuarantineCommand;
import io.weir.cli.qumulo.QumuloCommand;
import io.weir.cli.rule.RulesCommand;
import io.weir.cli.status.StatusCommand;
import io.weir.cli.tail.DecisionsCommand;
import io.weir.cli.tail.EventsCommand;
import io.weir.cli.trace.TraceCommand;
import io.weir.cli.undo.UndoCommand;
import io.weir.cli.up.TrainCommand;
import io.weir.cli.up.UpCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Entry point. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        LogConfiguration.activate();
        Thread.setDefaultUncaughtExceptionHandler(Main::logDefect);
        CommandContext context = CommandContext.ofProcess();
        CommandLine weir = isCapture(arguments)
                ? captureLine(context, writer(FileDescriptor.out), standardError())
                : commandLine(context, writer(FileDescriptor.out), standardError());
        System.exit(weir.execute(arguments));
    }

    /** Whether it is a command that runs on many hosts beside other work: all others are then left out, to be small. */
    private static boolean isCapture(String[] arguments) {
        return arguments.length > 0 && (arguments[0].equals("agent") || arguments[0].equals("watch"));
    }

    /** The whole command line over these streams. */
    public static CommandLine commandLine(CommandContext context, PrintWriter out, PrintWriter err) {
        CommandFactory factory = new CommandFactory(context);
        CommandLine weir = new CommandLine(new WeirCommand(), factory)
                .addSubcommand(UpCommand.class)
                .addSubcommand(WatchCommand.class)
                // Made on its own, for picocli transforms models only where a command line is made outright.
                .addSubcommand(new CommandLine(RulesCommand.class, factory))
                .addSubcommand(TraceCommand.class)
                .addSubcommand(WhyCommand.class)
                .addSubcommand(ReplayCommand.class)
                .addSubcommand(new CommandLine(AuditCommand.class, factory))
                .addSubcommand(new CommandLine(EventsCommand.class, factory))
                .addSubcommand(new CommandLine(DecisionsCommand.class, factory))
                .addSubcommand(new CommandLine(ActionsCommand.class, factory))
                .addSubcommand(AgentCommand.class)
                .addSubcommand(QumuloCommand.class)
                .addSubcommand(FilterCommand.class)
                .addSubcommand(WorkerCommand.class)
                .addSubcommand(TopicsCommand.class)
                .addSubcommand(VolumeCommand.class)
                .addSubcommand(new CommandLine(AclsCommand.class, factory))
                .addSubcommand(new CommandLine(DeadLettersCommand.class, factory))
                .addSubcommand(new CommandLine(QuarantineCommand.class, factory))
                .addSubcommand(UndoCommand.class)
                .addSubcommand(StopCommand.class)
                .addSubcommand(ResumeCommand.class)
                .addSubcommand(StatusCommand.class)
                .addSubcommand(DoctorCommand.class)
                .addSubcommand(QumuloEmulatorCommand.class)
                .addSubcommand(EffectCommand.class)
                .addSubcommand(TrainCommand.class);
        return configured(weir, out, err);
    }

    private static CommandLine captureLine(CommandContext context, PrintWriter out, PrintWriter err) {
        CommandLine weir = new CommandLine(new WeirCommand(), new CommandFactory(context))
                .addSubcommand(WatchCommand.class)
                .addSubcommand(AgentCommand.class);
        return configured(weir, out, err);
    }

    private static CommandLine configured(CommandLine weir, PrintWriter out, PrintWriter err) {
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

    static PrintWriter standardError() {
        return writer(FileDescriptor.err);
    }

    /** A thread that dies of a defect is not passed over in silence; what depends on it reports itself as failed. */
    private static void logDefect(Thread thread, Throwable defect) {
        LoggerFactory.getLogger(Main.class)
                .error("thread {} has ended: {}", thread.getName(), defect.toString(), defect);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8), true);
    }
}
