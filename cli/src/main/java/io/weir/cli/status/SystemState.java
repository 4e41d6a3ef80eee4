package io.weir.cli.status;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that is known of a system at one moment.
 *
 * @param parts in the order of their ids
 * @param volumes that are registered
 * @param backlogs by consumer group
 * @param kafka what is wrong with it, for people
 * @param stops what is stopped, for people
 * @param suspended for how many paths each rule is suspended
 * @param deadLetters about which nothing was decided
 */
record SystemState(
        List<Part> parts,
        Set<String> volumes,
        Map<String, Backlog> backlogs,
        List<String> kafka,
        List<String> stops,
        Map<String, Long> suspended,
        long deadLetters) {
    List<Part> of(String kind) {
        return parts.stream().filter(part -> part.kind().equals(kind)).toList();
    }

    Backlog backlog(String group) {
        return backlogs.getOrDefault(group, Backlog.NONE);
    }
}
