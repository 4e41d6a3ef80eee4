package io.weir.rules.language;

import io.weir.rules.language.YamlNode.Entry;
import io.weir.rules.language.YamlNode.Mapping;
import io.weir.rules.language.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads a mapping whose keys are known; what is wrong becomes a fault at its place. */
final class MappingReader {
    private final String what;
    private final Mapping mapping;
    private final Lists lists;
    private final Faults faults;

    private MappingReader(String what, Mapping mapping, Lists lists, Faults faults) {
        this.what = what;
        this.mapping = mapping;
        this.lists = lists;
        this.faults = faults;
    }

    /**
     * A reader of a mapping; empty, with a fault, if the node is none. Unknown keys are faults.
     *
     * @param example of such a mapping
     */
    static Optional<MappingReader> of(
            String what, YamlNode node, List<String> keys, String example, Lists lists, Faults faults) {
        if (!(node instanceof Mapping mapping)) {
            faults.add(node, "'" + what + "' has " + node.shown() + ": expected a mapping such as '" + example + "'");
            return Optional.empty();
        }
        for (Entry entry : mapping.entries()) {
            if (!keys.contains(entry.key().text())) {
                faults.add(
                        entry.key(),
                        Words.unknown("key of '" + what + "'", entry.key().text(), keys));
            }
        }
        return Optional.of(new MappingReader(what, mapping, lists, faults));
    }

    /** The value of a key that must be there; empty if a fault was added. */
    <T> Optional<T> required(String key, Function<String, T> reader) {
        if (mapping.find(key).isEmpty()) {
            faults.add(mapping, "'" + what + "' without '" + key + "': expected it");
            return Optional.empty();
        }
        return optional(key, reader);
    }

    /** The value of a key; empty if it is not there or a fault was added. */
    <T> Optional<T> optional(String key, Function<String, T> reader) {
        Optional<YamlNode> node = mapping.find(key).map(Entry::value);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!(node.get() instanceof Scalar scalar) || scalar.isNothing()) {
            faults.add(node.get(), "'" + key + "' has " + node.get().shown() + ": expected one value");
            return Optional.empty();
        }
        return read(scalar, reader);
    }

    /** The value or values of a key; empty if it is not there or a fault was added. */
    <T> Optional<List<T>> several(String key, Function<String, T> reader) {
        Optional<YamlNode> node = mapping.find(key).map(Entry::value);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        int before = faults.count();
        List<T> values = new ArrayList<>();
        lists.values(node.get(), "'" + key + "'", faults)
                .forEach(scalar -> read(scalar, reader).ifPresent(values::add));
        return faults.count() == before ? Optional.of(values) : Optional.empty();
    }

    boolean has(String key) {
        return mapping.find(key).isPresent();
    }

    private <T> Optional<T> read(Scalar scalar, Function<String, T> reader) {
        try {
            return Optional.of(reader.apply(scalar.text()));
        } catch (IllegalArgumentException e) {
            faults.add(scalar, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
