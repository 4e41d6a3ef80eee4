package io.weir.cli.rule.file;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.rules.ActionTypes;
import io.weir.rules.Fault;
import io.weir.rules.RuleFile;
import io.weir.rules.RuleSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads rule files, and says all that is wrong with them. */
public final class RuleFiles {
    private RuleFiles() {}

    /**
     * Reads a file, or all files of a directory, without faults.
     *
     * @param file absolute
     * @param shown as the user named it, for messages
     * @throws CommandException if it cannot be read, or with all of its faults
     */
    public static RuleFile read(Path file, Path shown) {
        return read(SourceFiles.find(file, shown).values());
    }

    /**
     * Reads files, directories and standard input ({@code -}) without faults, as if they were one file; but named lists are
     * those of each file.
     *
     * @param named as the user named them
     * @throws CommandException if one cannot be read, or with all of their faults
     */
    public static RuleFile read(CommandContext context, Collection<Path> named) {
        Map<Path, SourceFiles.Source> sources = new LinkedHashMap<>();
        named.forEach(path -> SourceFiles.find(context, path).forEach(sources::putIfAbsent));
        return read(sources.values());
    }

    private static RuleFile read(Collection<SourceFiles.Source> sources) {
        ActionTypes types = ActionTypes.discover();
        Map<String, RuleSource> places = new HashMap<>();
        List<RuleSource> rules = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        for (SourceFiles.Source source : sources) {
            RuleFile file = RuleFile.parse(source.text(), source.shown(), types);
            faults.addAll(file.faults());
            for (RuleSource rule : file.rules()) {
                RuleSource first = places.putIfAbsent(rule.id(), rule);
                if (first == null) {
                    rules.add(rule);
                } else {
                    faults.add(duplicate(rule, first));
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new CommandException(message(sources, faults));
        }
        return new RuleFile(rules, faults);
    }

    private static Fault duplicate(RuleSource rule, RuleSource first) {
        String message = "duplicate rule id '" + rule.id() + "': expected an id of its own; it already stands in "
                + first.place();
        return new Fault(rule.source(), rule.line(), rule.column(), rule.id(), rule.id(), message);
    }

    private static String message(Collection<SourceFiles.Source> sources, List<Fault> faults) {
        long faulty = faults.stream().map(Fault::source).distinct().count();
        String count = faults.size() + (faults.size() == 1 ? " fault" : " faults");
        String head = sources.size() == 1
                ? "rules file='" + sources.iterator().next().shown() + "' has " + count
                : "of " + sources.size() + " rules files " + faulty + (faulty == 1 ? " is" : " are") + " faulty, with "
                        + count;
        return head + ":\n" + faults.stream().map(Fault::toString).collect(Collectors.joining("\n"));
    }
}
