package io.weir.cli;

import io.weir.cli.tail.TailActionsCommand;
import io.weir.rules.ActionTypes;
import io.weir.rules.action.ActionType;
import io.weir.rules.action.ActionType.Parameter;
import io.weir.worker.ActionModule;
import io.weir.worker.WorkerApplication;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir actions}. */
@Command(
        name = "actions",
        description = {
            "List the actions that rules may name, or tell all of one: its parameters, and what it may cause.",
            "Those of your own are found through WEIR_MODULES (see docs/actions.md)."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        subcommands = TailActionsCommand.class)
public final class ActionsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "The action, such as quarantine.")
    private @Nullable String name;

    @Override
    public Integer call() {
        CommandOutput output = CommandOutput.of(spec);
        List<ActionModule> modules = WorkerApplication.modules().stream()
                .filter(ActionModule::isForRules)
                .sorted(Comparator.comparing(ActionType::name))
                .toList();
        if (name == null) {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("NAME", "FILES", "WHAT IT DOES"));
            modules.forEach(
                    module -> rows.add(List.of(module.name(), module.needsVolume() ? "yes" : "no", module.summary())));
            output.table(rows);
            return ExitCode.OK;
        }
        ActionModule module = modules.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandException("action '" + name + "' is not known; known are "
                        + modules.stream().map(ActionType::name).toList()));
        describe(module, output);
        return ExitCode.OK;
    }

    private static void describe(ActionModule module, CommandOutput output) {
        output.line(module.name() + ": " + module.summary());
        output.line(
                module.needsVolume()
                        ? "Needs the files of the event's volume: a worker that serves it carries it out."
                        : "Needs no files: any worker carries it out.");
        if (!ActionTypes.discover().find(module.name()).isPresent()) {
            output.note(
                    "rules cannot name it: its class is not listed in META-INF/services/" + ActionType.class.getName());
        }
        for (Parameter parameter : module.parameters()) {
            output.line(String.format(
                    Locale.ROOT,
                    "  %-14s %-5s %s%s",
                    parameter.name(),
                    parameter.shape().name().toLowerCase(Locale.ROOT),
                    parameter.required() ? "(required) " : "",
                    parameter.summary()));
        }
    }
}
