package io.weir.cli.rule;

import io.weir.cli.CommandOutput;
import io.weir.cli.instance.ConnectionOptions;
import io.weir.cli.rule.publish.ApplyOptions;
import io.weir.cli.rule.publish.RuleApplication;
import io.weir.rules.Mode;
import io.weir.schemas.connect.KafkaConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code weir rules enable}, {@code disable} and {@code shadow} have in common. */
abstract class ModeCommand implements Callable<Integer> {
    private final Mode mode;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of rules, as 'weir rules list' shows them.")
    private List<String> ids = new ArrayList<>();

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ApplyOptions options;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ConnectionOptions connections;

    ModeCommand(Mode mode) {
        this.mode = mode;
    }

    @Override
    public final Integer call() {
        KafkaConnection connection = RuleApplication.reach(connections);
        return new RuleApplication(connection, options, CommandOutput.of(spec))
                .apply(now -> ModeChange.of(ids, mode, now));
    }
}
