package io.weir.cli.rule.file;

import io.weir.cli.CommandContext;
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
     * @throws io.weir.cli.CommandException if one cannot be read, or with all of their faults
     */
    public RuleFile read() {
        return RuleFiles.read(context, files);
    }
}
