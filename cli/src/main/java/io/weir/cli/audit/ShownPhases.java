package io.weir.cli.audit;

import io.weir.cli.CommandOutput;
import io.weir.filter.replay.verify.Verification;

/** Shows each reading of a verification. */
record ShownPhases(CommandOutput output) implements Verification.Phases {
    @Override
    public Phase begin(String what) {
        return ProgressLine.start(what, output);
    }
}
