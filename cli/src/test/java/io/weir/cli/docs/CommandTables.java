package io.weir.cli.docs;

import java.util.Comparator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the commands of a command line, with their options, as Markdown. */
final class CommandTables {
    private final StringBuilder out;
    private final CommandLine root;

    CommandTables(StringBuilder out, CommandLine root) {
        this.out = out;
        this.root = root;
    }

    /** The commands, and before them the options that all have. */
    void write() {
        out.append("### Of all commands\n\n");
        options(root.getCommandSpec().options(), List.of());
        write(root);
    }

    /** All below this one but what is hidden. */
    private void write(CommandLine commands) {
        for (CommandLine command : commands.getSubcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            if (spec.usageMessage().hidden() || spec.name().equals("help")) {
                continue;
            }
            // Others are only groups.
            if (command.getSubcommands().isEmpty()
                    || !spec.positionalParameters().isEmpty()) {
                command(spec);
            }
            write(command);
        }
    }

    private void command(CommandSpec spec) {
        out.append("### `").append(spec.qualifiedName()).append("`\n\n");
        out.append(text(spec.usageMessage().description())).append("\n\n");
        List<OptionSpec> own = spec.options().stream()
                .filter(option -> root.getCommandSpec().findOption(option.longestName()) == null)
                .sorted(Comparator.comparingInt(OptionSpec::order)) // As the help shows them.
                .toList();
        options(own, spec.positionalParameters());
    }

    private void options(List<OptionSpec> options, List<PositionalParamSpec> parameters) {
        List<OptionSpec> shown =
                options.stream().filter(option -> !option.hidden()).toList();
        if (shown.isEmpty() && parameters.isEmpty()) {
            return;
        }
        out.append("| option | |\n|---|---|\n");
        for (PositionalParamSpec parameter : parameters) {
            row(parameter.paramLabel(), parameter.description());
        }
        for (OptionSpec option : shown) {
            String names = String.join("`, `", option.names());
            row(option.arity().max() == 0 ? names : names + " " + option.paramLabel(), option.description());
        }
        out.append('\n');
    }

    private void row(String name, String[] description) {
        out.append("| `").append(name.replace("|", "\\|")).append("` | ");
        out.append(text(description).replace("|", "\\|")).append(" |\n");
    }

    private static String text(String[] lines) {
        return String.join(" ", lines).replace("%n", " ").replace("%%", "%");
    }
}
