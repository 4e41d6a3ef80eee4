package io.weir.agent;

import io.weir.agent.intake.Outcome;
import java.util.Map;

/**
 * What an agent has counted, as of one commit: so the identities between the figures hold whenever they are asked for.
 *
 * @param changes that the source told
 * @param outcomes what became of them
 * @param foreign events written, caused by no action of ours
 * @param own events written that an action of ours caused
 * @param types events written, by their type
 * @param lastSequence the number given last
 * @param spoolEvents rows in the spool; those delivered a moment ago may still be among them
 * @param spoolBytes of these
 */
record Tally(
        long changes,
        Map<Outcome, Long> outcomes,
        long foreign,
        long own,
        Map<String, Long> types,
        long lastSequence,
        long spoolEvents,
        long spoolBytes) {
    static Tally of(AgentParts parts) {
        return new Tally(
                parts.intake().changes(),
                parts.intake().counts(),
                parts.writer().foreignEvents(),
                parts.writer().ownEvents(),
                parts.writer().types(),
                parts.spool().nextSequence() - 1,
                parts.spool().depth(),
                parts.spool().bytes());
    }
}
