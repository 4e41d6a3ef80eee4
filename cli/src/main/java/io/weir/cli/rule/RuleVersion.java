package io.weir.cli.rule;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version of a rule: a record of {@code weir.rules}.
 *
 * @param number its offset, which stays the same when older versions are compacted away
 * @param definition empty if the rule was deleted by it
 * @param at when it was written
 * @param author who wrote it; null if unknown
 * @param comment why; null if nobody said
 */
record RuleVersion(
        long number, Optional<String> definition, Instant at, @Nullable String author, @Nullable String comment) {}
