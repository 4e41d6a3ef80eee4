package io.weir.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** Runs a command line in this process. */
public record CommandRun(int code, String out, String err) {
    /** In a directory, without environment. */
    public static CommandRun in(Path directory, String... arguments) {
        return with(context(directory, Map.of()), arguments);
    }

    public static CommandRun with(CommandContext context, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine(context, new PrintWriter(out), new PrintWriter(err))
                .execute(arguments);
        return new CommandRun(code, out.toString(), err.toString());
    }

    public static CommandContext context(Path directory, Map<String, String> environment) {
        StopRequest stop = new StopRequest();
        return new CommandContext(environment, directory, installation(), () -> stop);
    }

    /** The root of the project, which has examples/. */
    public static Path installation() {
        return Path.of("..").toAbsolutePath().normalize();
    }
}
