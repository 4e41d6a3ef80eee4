package io.weir.cli.rule.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/** Finds the rule files that an argument means, and reads their text. */
final class SourceFiles {
    private static final Path STANDARD_INPUT = Path.of("-");
    private static final String SHOWN_INPUT = "standard input";

    private SourceFiles() {}

    /** Text by name as shown, of a file, of all files of a directory in the order of their paths, or of standard input. */
    static Map<Path, Source> find(CommandContext context, Path named) {
        if (named.equals(STANDARD_INPUT)) {
            return Map.of(named, new Source(SHOWN_INPUT, input(context)));
        }
        return find(context.resolve(named), named);
    }

    /** A rule file as it is to be shown, with its text. */
    record Source(String shown, String text) {}

    static Map<Path, Source> find(Path file, Path shown) {
        if (!Files.isDirectory(file)) {
            return Map.of(file, new Source(shown.toString(), text(file, shown)));
        }
        Map<Path, Source> sources = new TreeMap<>();
        try {
            Files.walkFileTree(file, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return !directory.equals(file) && isHidden(directory)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path found, BasicFileAttributes attributes) {
                    if (isRuleFile(found)) {
                        Path name = shown.resolve(file.relativize(found)).normalize();
                        sources.put(found, new Source(name.toString(), text(found, name)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new CommandException("rules directory='" + shown + "' cannot be read: " + Failures.describe(e), e);
        }
        if (sources.isEmpty()) {
            throw new CommandException(
                    "rules directory='" + shown + "' has no rule file: expected *.yaml or *.yml in it or below");
        }
        return sources;
    }

    /** Links to files count, as configuration that is mounted into containers is made of them. */
    private static boolean isRuleFile(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !isHidden(file) && Files.isRegularFile(file);
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private static String input(CommandContext context) {
        InputStream input = context.input().get();
        try {
            return decode(input.readAllBytes(), SHOWN_INPUT);
        } catch (IOException e) {
            throw new CommandException("rules from standard input cannot be read: " + Failures.describe(e), e);
        }
    }

    private static String text(Path file, Path shown) {
        try {
            return decode(Files.readAllBytes(file), shown.toString());
        } catch (IOException e) {
            throw new CommandException("rules file='" + shown + "' cannot be read: " + Failures.describe(e), e);
        }
    }

    private static String decode(byte[] bytes, String shown) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new CommandException("rules file='" + shown + "' is not UTF-8 text; expected YAML", e);
        }
    }
}
