package io.weir.cli.capture;

import io.weir.agent.AgentCore;
import io.weir.agent.claim.ClaimSettings;
import io.weir.agent.claim.NotOfRecordException;
import io.weir.agent.claim.Standing;
import io.weir.cli.CommandException;
import io.weir.cli.CommandOutput;
import io.weir.cli.StopRequest;
import java.time.Duration;

/** One life of an agent's command: from claiming what it watches until it stops, or another takes over. */
public final class AgentRun {
    /** How long a start waits for Kafka; then it captures all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CommandOutput output;
    private final StopRequest stop;
    private final ClaimSettings settings;

    public AgentRun(CommandOutput output, StopRequest stop, ClaimSettings settings) {
        this.output = output;
        this.stop = stop;
        this.settings = settings;
    }

    /**
     * Returns when a stop is asked for, or, of an agent that stands by, when another has taken over.
     *
     * @throws CommandException if another agent is of record
     */
    public void run(AgentCore agent, String id) throws InterruptedException {
        Standing standing = agent.claim();
        if (awaitRecord(standing, id)) {
            agent.start();
            output.note("agent " + id + " runs");
            stop.awaitOr(standing.lost());
        }
        if (stop.isRequested()) {
            stop.await(); // tells the failure that made it stop
        } else if (standing.lost().isDone()) {
            lost(standing.lost().join());
        }
    }

    /** Whether to capture: it is of record, or Kafka cannot be asked and nothing is to be missed meanwhile. */
    private boolean awaitRecord(Standing standing, String id) throws InterruptedException {
        if (stop.awaitOr(standing.answered(), PATIENCE)) {
            return false;
        }
        if (!standing.answered().isDone()) {
            if (!settings.standby()) {
                output.note("Kafka has not answered within " + PATIENCE.toSeconds()
                        + " s; what happens is captured and waits in the spool until it does");
                return true;
            }
            output.note(
                    "Kafka has not answered yet; nothing is captured until it is known that no other agent is of record");
            if (stop.awaitOr(standing.answered())) {
                return false;
            }
        }
        if (!standing.held().isDone()) {
            standing.behind()
                    .ifPresentOrElse(
                            holder -> output.note("agent " + id + " stands by: " + holder),
                            () -> output.note(
                                    "another agent was of record a moment ago; waiting whether it is still there"));
        }
        return !stop.awaitOr(standing.held()) && !standing.held().isCompletedExceptionally();
    }

    private void lost(NotOfRecordException why) {
        if (settings.standby()) {
            output.note(String.valueOf(why.getMessage()));
            return;
        }
        throw new CommandException(why.getMessage() + "; try "
                + (why.sameId()
                        ? "another name with --id"
                        : "--standby to take over when it stops, or another directory"));
    }
}
