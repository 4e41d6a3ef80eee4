package io.weir.cli.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import io.weir.rules.ActionTypes;
import io.weir.rules.Fault;
import io.weir.rules.RuleFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads rule files, and says all that is wrong with one. */
public final class RuleFiles {
    private RuleFiles() {}

    /**
     * Reads a file that has no faults.
     *
     * @param file absolute
     * @param shown as the user named it, for messages
     * @throws CommandException if it cannot be read, or with all of its faults
     */
    public static RuleFile read(Path file, Path shown) {
        RuleFile rules = RuleFile.parse(text(file, shown), shown.toString(), ActionTypes.discover());
        if (!rules.faults().isEmpty()) {
            int count = rules.faults().size();
            throw new CommandException("rules file='" + shown + "' has " + count + (count == 1 ? " fault" : " faults")
                    + ":\n"
                    + rules.faults().stream().map(Fault::toString).collect(Collectors.joining("\n")));
        }
        return rules;
    }

    private static String text(Path file, Path shown) {
        try {
            if (Files.isDirectory(file)) {
                throw new CommandException("rules file='" + shown + "' is a directory; expected a YAML file");
            }
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CommandException("rules file='" + shown + "' is not UTF-8 text; expected YAML", e);
        } catch (IOException e) {
            throw new CommandException("rules file='" + shown + "' cannot be read: " + Failures.describe(e), e);
        }
    }
}
