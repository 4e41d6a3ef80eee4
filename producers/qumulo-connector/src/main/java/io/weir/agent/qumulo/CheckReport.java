package io.weir.agent.qumulo;

import java.util.List;
import java.util.Locale;

/**
 * What the checks before work found, in the order in which they were made.
 *
 * @param findings at least one
 */
public record CheckReport(List<Finding> findings) {
    public CheckReport {
        findings = List.copyOf(findings);
    }

    /** Whether the connector can work: nothing failed. */
    public boolean ok() {
        return findings.stream().noneMatch(finding -> finding.level() == Level.FAILED);
    }

    /** One line for each finding. */
    @Override
    public String toString() {
        return String.join("\n", findings.stream().map(Finding::toString).toList());
    }

    /** How bad a finding is. */
    public enum Level {
        OK,
        /** Work is possible, with the loss that the text tells. */
        WARNING,
        /** No work is possible. */
        FAILED
    }

    /**
     * One finding.
     *
     * @param level how bad it is
     * @param subject what was looked at: endpoint, version, login, privileges, notify, path, cluster, secrets, trust
     * @param text a sentence for people
     */
    public record Finding(Level level, String subject, String text) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-7s %-10s %s", level.name().toLowerCase(Locale.ROOT), subject, text);
        }
    }
}
