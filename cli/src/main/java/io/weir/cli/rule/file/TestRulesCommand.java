package io.weir.cli.rule.file;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code weir rules test}. */
@Command(
        name = "test",
        description = {
            "Run the tests that rules carry, one line each; the exit code is 1 if one fails.",
            "Needs no running system. 'weir rules apply' runs them too."
        },
        sortOptions = false,
        synopsisHeading = "Usage: ",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n",
        footer = "  weir rules test -f rules/")
public final class TestRulesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RuleFileOptions source;

    @Override
    public Integer call() {
        List<RuleTests.Result> results = RuleTests.run(source.read().rules());
        CommandOutput output = CommandOutput.of(spec);
        results.forEach(result -> output.line(result.line()));
        long failed =
                results.stream().filter(result -> result.failure().isPresent()).count();
        if (results.isEmpty()) {
            output.note("no tests: none of the rules has any under 'tests'");
        } else {
            output.note(results.size() + (results.size() == 1 ? " test, " : " tests, ")
                    + (failed == 0 ? "none" : failed) + " failed");
        }
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
