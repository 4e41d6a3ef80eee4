package io.weir.filter;

import io.weir.schemas.Manifest;
import io.weir.schemas.topic.RulesApply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The records of an apply that has no manifest yet. */
final class StagedApply {
    private final Map<String, Change> changes = new LinkedHashMap<>();
    private final Set<String> overtaken = new HashSet<>();

    /**
     * A record of the apply.
     *
     * @param definition empty for a deletion
     */
    record Change(String rule, Optional<String> definition) {}

    void put(Change change) {
        changes.put(change.rule(), change);
        overtaken.remove(change.rule());
    }

    /** A record outside the apply has changed the rule since: of a key, the later record counts. */
    void overtake(String rule) {
        if (changes.containsKey(rule)) {
            overtaken.add(rule);
        }
    }

    /** What the apply is to change, in the order of its records. */
    List<Change> changes() {
        return changes.values().stream()
                .filter(change -> !overtaken.contains(change.rule()))
                .toList();
    }

    /**
     * What is wrong with the apply by its manifest; empty if nothing is.
     *
     * @param compacted whether records that later ones replaced may be missing; then the hash tells only of an apply of
     *     which all written rules are still there
     */
    List<String> faults(Manifest manifest, boolean compacted) {
        List<String> faults = new ArrayList<>();
        Map<String, String> written = new TreeMap<>();
        Set<String> deleted = new TreeSet<>();
        for (Change change : changes.values()) {
            change.definition()
                    .ifPresentOrElse(
                            definition -> written.put(change.rule(), definition), () -> deleted.add(change.rule()));
        }
        compare("written", written.keySet(), manifest.getWritten(), compacted, faults);
        compare("deleted", deleted, manifest.getDeleted(), compacted, faults);
        if (faults.isEmpty() && written.size() == manifest.getWritten().size()) {
            String hash = RulesApply.hash(written, manifest.getDeleted());
            if (!hash.equals(manifest.getHash())) {
                faults.add(
                        "hash='" + manifest.getHash() + "' in the manifest: the records before it give '" + hash + "'");
            }
        }
        return faults;
    }

    private static void compare(
            String what, Set<String> found, List<String> expected, boolean compacted, List<String> faults) {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(found);
        Set<String> unlisted = new TreeSet<>(found);
        expected.forEach(unlisted::remove);
        if (!missing.isEmpty() && !compacted) {
            faults.add(what + "=" + missing + " in the manifest: no such record before it");
        }
        if (!unlisted.isEmpty()) {
            faults.add(what + "=" + unlisted + ": not in the manifest, which has " + expected.size() + " " + what);
        }
    }
}
