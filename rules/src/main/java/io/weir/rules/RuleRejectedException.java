package io.weir.rules;

import java.util.List;
import java.util.stream.Collectors;

/** A rule definition does not compile; carries all of its faults. */
public final class RuleRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public RuleRejectedException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** At least one. */
    public List<Fault> faults() {
        return faults;
    }
}
