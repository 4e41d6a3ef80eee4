package io.weir.cli.rule.file;

import io.weir.cli.CommandException;
import io.weir.rules.ActionTypes;
import io.weir.rules.Rule;
import io.weir.rules.RuleCase;
import io.weir.rules.RuleRejectedException;
import io.weir.rules.RuleSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs the tests that rules carry. */
public final class RuleTests {
    private RuleTests() {}

    /**
     * What came of a test.
     *
     * @param failure why it failed; empty if it did not
     */
    record Result(RuleSource rule, RuleCase test, Optional<String> failure) {
        /** One line. */
        String line() {
            String name = rule.id() + ": " + test.name();
            return failure.map(why -> "FAILED  " + name + " (" + rule.source() + ":" + test.line() + ":" + test.column()
                            + "): " + why)
                    .orElse("ok      " + name);
        }
    }

    /** Runs all tests of these rules, in their order. */
    static List<Result> run(Collection<RuleSource> rules) {
        ActionTypes types = ActionTypes.discover();
        List<Result> results = new ArrayList<>();
        for (RuleSource source : rules) {
            if (!source.tests().isEmpty()) {
                Rule rule = compile(source, types);
                source.tests().forEach(test -> results.add(new Result(source, test, test.failure(rule))));
            }
        }
        return results;
    }

    /**
     * Requires that all tests of these rules hold.
     *
     * @throws CommandException that names those that do not
     */
    public static void require(Collection<RuleSource> rules) {
        List<Result> results = run(rules);
        List<Result> failed =
                results.stream().filter(result -> result.failure().isPresent()).toList();
        if (!failed.isEmpty()) {
            throw new CommandException(
                    failed.size() + " of " + results.size() + (results.size() == 1 ? " test" : " tests")
                            + " failed; nothing was applied:\n"
                            + failed.stream().map(Result::line).collect(Collectors.joining("\n")));
        }
    }

    private static Rule compile(RuleSource source, ActionTypes types) {
        try {
            return Rule.compile(source.definition(), types);
        } catch (RuleRejectedException e) {
            throw new IllegalStateException("rule '" + source.id() + "' was read without faults, but has some", e);
        }
    }
}
