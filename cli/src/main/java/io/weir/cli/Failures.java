package io.weir.cli;

import io.weir.schemas.connect.ConnectionFaults;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How failures and wrong arguments are shown: {@code weir: message}, and the stack trace only with {@code --debug}. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof ParameterException wrong) {
            return handleParseException(wrong, parsed.originalArgs().toArray(String[]::new));
        }
        PrintWriter err = command.getErr();
        err.println("weir: " + describe(e));
        if (isDebug(parsed)) {
            e.printStackTrace(err);
        } else if (!isExplained(e)) {
            err.println("weir: this was not expected; --debug shows where it happened");
        }
        err.flush();
        return ExitCode.FAILED;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("weir: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for more information.");
        err.flush();
        return ExitCode.USAGE;
    }

    /** One sentence for people: the message of what is behind wrappers, with the class where the message alone says little. */
    public static String describe(Throwable thrown) {
        Throwable t = unwrap(thrown);
        String message = t.getMessage();
        if (t instanceof NoSuchFileException) {
            return "no such file or directory: '" + message + "'";
        }
        if (t instanceof AccessDeniedException) {
            return "permission denied: '" + message + "'";
        }
        if (t instanceof FileSystemException file && file.getReason() != null && file.getFile() != null) {
            return file.getReason().toLowerCase(Locale.ROOT) + ": '" + file.getFile() + "'";
        }
        if (message == null || message.isBlank()) {
            return t.getClass().getSimpleName();
        }
        return isOurs(t) ? message : t.getClass().getSimpleName() + ": " + message + behind(t, message);
    }

    /** Kafka's clients only say that they could not be made, or that a handshake failed; their causes say why. */
    private static String behind(Throwable t, String message) {
        String root = t instanceof KafkaException ? ConnectionFaults.root(t) : "";
        return message.contains(root) ? "" : ": " + root;
    }

    /** The cause behind the wrappers of futures. */
    public static Throwable unwrap(Throwable thrown) {
        Throwable t = thrown;
        while ((t instanceof ExecutionException || t instanceof CompletionException) && t.getCause() != null) {
            t = t.getCause();
        }
        return t;
    }

    private static boolean isExplained(Throwable thrown) {
        Throwable t = unwrap(thrown);
        return isOurs(t) || t instanceof IOException || t instanceof KafkaException;
    }

    /** Exceptions whose messages are written for users: Weir's own, and those for wrong arguments and states. */
    private static boolean isOurs(Throwable t) {
        return t instanceof IllegalArgumentException
                || t instanceof IllegalStateException
                || t.getClass().getName().startsWith("io.weir.");
    }

    private static boolean isDebug(ParseResult parsed) {
        return parsed.originalArgs().contains("--debug");
    }
}
