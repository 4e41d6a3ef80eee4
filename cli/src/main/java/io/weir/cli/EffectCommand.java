package io.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code weir effect}. */
@Command(
        name = "effect",
        description = {
            "Say, from a program that the action 'exec' runs, which files the program changes.",
            "What it says so takes the place of its scope in the worker's settings: all else there counts as changed by"
                    + " others. May be called any number of times, before or after a change; the same as a line appended to"
                    + " the file $WEIR_EFFECTS."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir effect out/report.pdf out/pages/")
final class EffectCommand implements Callable<Integer> {
    private static final String VARIABLE = "WEIR_EFFECTS";
    private static final char LOST = '\uFFFD';

    private final CommandContext context;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "A file; with a slash at its end, a directory with all below it.")
    private List<String> paths = new ArrayList<>();

    EffectCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        String file = context.environment().get(VARIABLE);
        if (file == null) {
            throw new CommandException(
                    "environment variable " + VARIABLE + " is not set: 'weir effect' is for programs that"
                            + " the action 'exec' runs, which has it set; see docs/actions.md");
        }
        StringBuilder lines = new StringBuilder();
        for (String path : paths) {
            lines.append(line(path)).append('\n');
        }
        // One write, at the end of the file: several processes of the program may report at the same time.
        Files.writeString(Path.of(file), lines, UTF_8, StandardOpenOption.APPEND);
        return ExitCode.OK;
    }

    private String line(String path) throws JsonProcessingException {
        if (path.indexOf(LOST) >= 0) {
            throw new CommandException(
                    "path='" + path + "': its name is not UTF-8, which Java cannot be given; append its"
                            + " bytes to the file $" + VARIABLE + " yourself");
        }
        String absolute = context.resolve(Path.of(path)) + (path.endsWith("/") ? "/" : "");
        return absolute.indexOf('\n') < 0
                ? absolute
                : JsonMapper.builder().build().writeValueAsString(absolute);
    }
}
