package io.weir.cli.audit;

import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Topics that a replay writes to; never one that a live system reads.
 *
 * @param decisions topic of the decisions
 * @param requests topic of the requests
 */
record EmitTarget(String decisions, String requests) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /**
     * Of a prefix.
     *
     * @throws ParameterException if it makes the name of a live topic, or none
     */
    static EmitTarget parse(CommandSpec spec, String prefix) {
        EmitTarget target = new EmitTarget(prefix + "decisions", prefix + "actions");
        if (!NAME.matcher(target.decisions).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--emit='" + prefix + "': expected letters, digits, '.', '_' and '-' of a topic's name");
        }
        // All that begins so is Weir's own: topics, and those of the filter's state; with underscores, Kafka's.
        if (prefix.isEmpty() || prefix.startsWith("weir") || prefix.startsWith("_")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--emit='" + prefix + "': '" + target.decisions + "' could be a live topic; expected a prefix that"
                            + " does not begin with 'weir' or '_', such as trial.");
        }
        return target;
    }

    @Override
    public String toString() {
        return decisions + " and " + requests;
    }
}
