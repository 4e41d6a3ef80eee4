package io.weir.cli.quarantine;

import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.undo.ErrandOptions;
import io.weir.schemas.connect.KafkaConnection;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that have something done about files in quarantine share. */
abstract class QuarantineErrand {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private KeptFiles files;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ErrandOptions options;

    /**
     * Has it done.
     *
     * @param action that workers are asked for
     * @param word what has been done to a file whose errand went well
     */
    int ask(String action, String word) {
        if (!files.isChosen()) {
            throw new ParameterException(spec.commandLine(), "expected ids, or --rule, --path, --volume or --since");
        }
        CommandOutput output = CommandOutput.of(spec);
        KafkaConnection connection = files.connection();
        List<Kept> kept = files.read(connection, output);
        if (kept.isEmpty()) {
            output.note("nothing in quarantine is like that");
            return ExitCode.OK;
        }
        return options.run(
                connection, kept.stream().map(file -> file.errand(action)).toList(), word, output);
    }
}
