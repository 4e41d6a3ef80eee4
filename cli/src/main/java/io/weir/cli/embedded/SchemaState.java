package io.weir.cli.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * What the registry knows: a fold over the records of {@code _schemas}. Not safe for threads; the registry's one lock
 * guards it.
 */
final class SchemaState {
    /** One version of a subject; deleted ones stay until they are deleted permanently. */
    record Version(String subject, int version, int id, String text, boolean deleted) {}

    private final Map<String, TreeMap<Integer, Version>> subjects = new TreeMap<>();
    private final Map<Integer, String> textById = new TreeMap<>();
    private final Map<String, Integer> idByText = new HashMap<>();
    private final Map<String, String> levels = new HashMap<>();
    private Optional<String> globalLevel = Optional.empty();

    void put(Version version) {
        subjects.computeIfAbsent(version.subject(), s -> new TreeMap<>()).put(version.version(), version);
        textById.put(version.id(), version.text());
        idByText.putIfAbsent(version.text(), version.id());
    }

    /** A version is gone for good. Its id keeps its meaning, since records may still carry it. */
    void remove(String subject, int version) {
        TreeMap<Integer, Version> versions = subjects.get(subject);
        if (versions != null) {
            versions.remove(version);
            if (versions.isEmpty()) {
                subjects.remove(subject);
            }
        }
    }

    /** All versions up to one are deleted, softly. */
    void softDelete(String subject, int upTo) {
        TreeMap<Integer, Version> versions = subjects.get(subject);
        if (versions != null) {
            versions.headMap(upTo, true)
                    .replaceAll((n, v) -> new Version(v.subject(), v.version(), v.id(), v.text(), true));
        }
    }

    void level(Optional<String> subject, Optional<String> level) {
        if (subject.isEmpty()) {
            globalLevel = level;
        } else if (level.isPresent()) {
            levels.put(subject.get(), level.get());
        } else {
            levels.remove(subject.get());
        }
    }

    Optional<String> level(String subject) {
        return Optional.ofNullable(levels.get(subject));
    }

    Optional<String> globalLevel() {
        return globalLevel;
    }

    List<String> subjects(boolean withDeleted) {
        return subjects.keySet().stream()
                .filter(s -> !versions(s, withDeleted).isEmpty())
                .toList();
    }

    /** The versions of a subject, rising; empty if there is no such subject. */
    List<Version> versions(String subject, boolean withDeleted) {
        TreeMap<Integer, Version> versions = subjects.get(subject);
        return versions == null
                ? List.of()
                : versions.values().stream()
                        .filter(v -> withDeleted || !v.deleted())
                        .toList();
    }

    /** All versions of all subjects that have a schema. */
    List<Version> versionsOf(int id, boolean withDeleted) {
        List<Version> found = new ArrayList<>();
        for (String subject : subjects.keySet()) {
            versions(subject, withDeleted).stream().filter(v -> v.id() == id).forEach(found::add);
        }
        return found;
    }

    Optional<String> textOf(int id) {
        return Optional.ofNullable(textById.get(id));
    }

    /** The id of a schema: the one it has under whatever subject, else a new one. */
    int idFor(Schema schema) {
        Integer known = idByText.get(schema.toString());
        return known != null
                ? known
                : 1 + textById.keySet().stream().mapToInt(i -> i).max().orElse(0);
    }
}
