package io.weir.cli.undo;

import io.weir.cli.AuthorOption;
import io.weir.cli.CommandOutput;
import io.weir.cli.ExitCode;
import io.weir.cli.instance.Durations;
import io.weir.cli.instance.HostName;
import io.weir.cli.lines.PrintableText;
import io.weir.schemas.ActionResult;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.worker.Outcome;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that send errands, and the sending. */
public final class ErrandOptions {
    @Option(names = "--dry-run", order = 8, description = "Only show what the workers would do.")
    private boolean dryRun;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private AuthorOption author;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            order = 10,
            converter = Durations.class,
            defaultValue = "30s",
            description = "How long to wait for a worker without hearing of any (default: 30s).")
    private Duration timeout = Duration.ofSeconds(30);

    /**
     * Has errands done, in their order, and says what became of each.
     *
     * @param word what has been done to an action whose errand went well, such as {@code undone}
     * @return exit code
     */
    public int run(KafkaConnection connection, List<ErrandRequest> errands, String word, CommandOutput output) {
        int[] failed = {0};
        List<ErrandRequest> unheard;
        try (Errands workers = new Errands(connection, sender())) {
            unheard = workers.run(errands, timeout, (errand, result) -> {
                if (!isWell(result)) {
                    failed[0]++;
                }
                output.line(PrintableText.of("action/" + errand.errand().of() + " " + text(result, word) + "  "
                        + errand.place()
                        + (result.getDetail() == null ? "" : "  (" + result.getDetail() + ")")));
            });
        }
        unheard.forEach(errand ->
                output.note(PrintableText.of("action/" + errand.errand().of() + ": no worker of volume '"
                        + errand.errand().volume() + "' has answered within " + timeout.toSeconds()
                        + " s; the request waits for one for an"
                        + " hour")));
        return failed[0] == 0 && unheard.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    /** Has errands done that nobody need hear of unless they fail. */
    public void tidy(KafkaConnection connection, List<ErrandRequest> errands, CommandOutput output) {
        if (dryRun || errands.isEmpty()) {
            return;
        }
        try (Errands workers = new Errands(connection, sender())) {
            var unused = workers.run(errands, timeout, (errand, result) -> {
                if (!isWell(result)) {
                    output.note(
                            PrintableText.of("action/" + errand.errand().of() + ": directories that it made are left: "
                                    + result.getOutcome() + ": " + result.getDetail()));
                }
            });
        }
    }

    private Errands.Sender sender() {
        return new Errands.Sender(author.author(), HostName.local(), dryRun);
    }

    private static boolean isWell(ActionResult result) {
        return List.of(Outcome.DONE.word(), Outcome.NOTHING_TO_DO.word(), Outcome.WOULD_DO.word())
                .contains(result.getOutcome());
    }

    private static String text(ActionResult result, String word) {
        return result.getOutcome().equals(Outcome.DONE.word()) ? word : result.getOutcome();
    }
}
