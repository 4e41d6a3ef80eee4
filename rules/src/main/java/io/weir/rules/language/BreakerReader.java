package io.weir.rules.language;

import io.weir.rules.Breaker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what stands under {@code breaker}: a number within a time, or {@code off}. */
final class BreakerReader {
    private static final String EXAMPLE = "breaker: { firings: 100, within: 10m }";

    private BreakerReader() {}

    /** The breaker; empty if a fault was added. */
    static Optional<Breaker> read(YamlNode node, Lists lists, Faults faults) {
        if (node instanceof YamlNode.Scalar scalar && scalar.text().equals("off")) {
            return Optional.of(Breaker.OFF);
        }
        Optional<MappingReader> mapping = MappingReader.of(
                Breaker.KEY, node, List.of("firings", "within"), EXAMPLE + "', or 'off", lists, faults);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        MappingReader reader = mapping.get();
        Optional<Integer> firings =
                reader.required("firings", text -> TriggerReader.count("firings", text, 1, Breaker.MOST));
        Optional<Duration> within = reader.required("within", text -> TriggerReader.length("within", text));
        return firings.flatMap(number -> within.map(time -> new Breaker(number, time)));
    }
}
