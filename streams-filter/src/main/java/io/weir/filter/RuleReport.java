package io.weir.filter;

import io.weir.schemas.topic.Keys;
import java.util.List;
import java.util.Optional;

/**
 * What became of a rule, or of an apply as a whole.
 *
 * @param rule rule id, or {@link Keys#APPLY}
 * @param status {@code accepted}, {@code rejected} or {@code deleted}
 * @param faults why it was rejected; for an accepted apply, the faults of those of its rules that were rejected alone
 * @param rulesOffset offset in {@code weir.rules} of the record that brought it about
 * @param applyId the apply it came with
 */
public record RuleReport(String rule, String status, List<String> faults, long rulesOffset, Optional<String> applyId) {
    static final String ACCEPTED = "accepted";
    static final String REJECTED = "rejected";
    static final String DELETED = "deleted";

    private static final int MOST_FAULTS = 100;
    private static final int LONGEST_FAULT = 1_000;

    /** A fault names the value that it is about, which may be as long as a record. */
    public RuleReport {
        faults = faults.stream()
                .limit(MOST_FAULTS)
                .map(fault -> fault.length() <= LONGEST_FAULT ? fault : fault.substring(0, LONGEST_FAULT) + "…")
                .toList();
    }
}
