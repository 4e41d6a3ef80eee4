package io.weir.rules.language;

import io.weir.rules.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the faults of one source; made for one thread. */
final class Faults {
    private final String source;
    private final @Nullable String rule;
    private final List<Fault> found;

    Faults(String source) {
        this(source, null, new ArrayList<>());
    }

    private Faults(String source, @Nullable String rule, List<Fault> found) {
        this.source = source;
        this.rule = rule;
        this.found = found;
    }

    /** Collects into the same, and names the rule. */
    Faults of(String ruleId) {
        return new Faults(source, ruleId, found);
    }

    void add(YamlNode at, String message) {
        add(at.line(), at.column(), at instanceof YamlNode.Scalar scalar ? scalar.text() : at.shown(), message);
    }

    void add(int line, int column, String value, String message) {
        found.add(new Fault(source, line, column, rule, value, message));
    }

    int count() {
        return found.size();
    }

    String source() {
        return source;
    }

    /** In the order of their places. */
    List<Fault> sorted() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
                .toList();
    }
}
