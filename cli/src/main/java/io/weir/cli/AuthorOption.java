package io.weir.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who gives a command that is of record. */
public final class AuthorOption {
    private final CommandContext context;

    @Option(
            names = "--author",
            paramLabel = "NAME",
            order = 9,
            description = "Who does it, for the record (default: the user who runs the command).")
    private @Nullable String author;

    AuthorOption(CommandContext context) {
        this.context = context;
    }

    /** The name given, or that of the user who runs the command. */
    public String author() {
        if (author != null) {
            return author;
        }
        String user = context.environment().get("USER");
        return user == null || user.isBlank() ? System.getProperty("user.name", "unknown") : user;
    }
}
