package io.weir.cli.rule;

import io.weir.cli.CommandContext;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.rules.RuleFile;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that hold a rule file against a running system. */
final class RuleFileOptions {
    private final CommandContext context;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The rule file, YAML.")
    @SuppressWarnings("NullAway.Init") // required
    private Path file;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    RuleFileOptions(CommandContext context) {
        this.context = context;
    }

    /** The file as the user named it. */
    Path file() {
        return file;
    }

    /** How to reach the system. */
    ConnectionOptions connections() {
        return connections;
    }

    /**
     * Reads the file.
     *
     * @throws io.weir.cli.CommandException if it cannot be read, or with all of its faults
     */
    RuleFile read() {
        return RuleFiles.read(context.resolve(file), file);
    }
}
