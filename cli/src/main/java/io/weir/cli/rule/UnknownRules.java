package io.weir.cli.rule;

import io.weir.cli.CommandException;
import io.weir.rules.language.Words;
import java.util.Collection;
import java.util.List;

/** Refuses ids that no rule has, and says which were probably meant. */
public final class UnknownRules {
    private static final int MOST_SHOWN = 20;

    private UnknownRules() {}

    /**
     * Requires that all of the ids are known.
     *
     * @param what what the known ones are: {@code in force}
     * @throws CommandException that names those that are not
     */
    public static void refuse(Collection<String> ids, Collection<String> known, String what) {
        List<String> unknown =
                ids.stream().filter(id -> !known.contains(id)).distinct().toList();
        if (unknown.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder();
        for (String id : unknown) {
            message.append("no rule has the id '").append(id).append('\'');
            Words.nearest(id, known)
                    .ifPresent(near ->
                            message.append(": did you mean '").append(near).append("'?"));
            message.append("; ");
        }
        throw new CommandException(message + what + ": " + shown(known));
    }

    private static String shown(Collection<String> known) {
        if (known.isEmpty()) {
            return "none";
        }
        int more = known.size() - MOST_SHOWN;
        return String.join(", ", known.stream().sorted().limit(MOST_SHOWN).toList())
                + (more > 0 ? " and " + more + " more" : "");
    }
}
