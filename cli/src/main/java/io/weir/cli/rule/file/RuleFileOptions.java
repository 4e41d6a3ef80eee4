package io.weir.cli.rule.file;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.rules.ActionTypes;
import io.weir.rules.RuleCost;
import io.weir.rules.RuleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options of commands that read rule files. */
public final class RuleFileOptions {
    private final CommandContext context;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "A rule file (YAML), a directory of rule files (*.yaml and *.yml, also below it), or - for"
                    + " standard input. Repeatable.")
    private List<Path> files = new ArrayList<>();

    RuleFileOptions(CommandContext context) {
        this.context = context;
    }

    /** The files as the user named them. */
    public String shown() {
        return files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }

    /**
     * Reads the files.
     *
     * @throws CommandException if one cannot be read, with all of their faults, or if their rules cost too much
     */
    public RuleFile read() {
        RuleFile rules = RuleFiles.read(context, files);
        RuleCost cost = cost(rules);
        if (cost.exceedsCap()) {
            throw new CommandException("rules file='" + shown() + "': " + cost.fault());
        }
        return rules;
    }

    /** What an event may cost under these rules alone. */
    public static RuleCost cost(RuleFile rules) {
        return rules.set(ActionTypes.discover()).cost();
    }
}
