package io.weir.cli.rule;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.rules.ActionTypes;
import io.weir.rules.RuleCost;
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
     * @throws io.weir.cli.CommandException if it cannot be read, with all of its faults, or if
     *     its rules cost too much
     */
    RuleFile read() {
        RuleFile rules = RuleFiles.read(context.resolve(file), file);
        RuleCost cost = cost(rules);
        if (cost.exceedsCap()) {
            throw new CommandException("rules file='" + file + "': " + cost.fault());
        }
        return rules;
    }

    /** What an event may cost under the rules of the file alone. */
    static RuleCost cost(RuleFile rules) {
        return rules.set(ActionTypes.discover()).cost();
    }
}
