package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
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

    /** In a directory, with this text as standard input. */
    public static CommandRun fed(String input, Path directory, String... arguments) {
        StopRequest stop = new StopRequest();
        CommandContext context = new CommandContext(
                Map.of(), directory, installation(), () -> stop, () -> new ByteArrayInputStream(input.getBytes(UTF_8)));
        return with(context, arguments);
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
