package io.weir.qumulo.emulator.api;

import io.weir.qumulo.emulator.fault.Counters;
import io.weir.qumulo.emulator.notify.Watchers;
import io.weir.qumulo.emulator.settings.Accounts;
import io.weir.qumulo.emulator.settings.Switches;
import io.weir.qumulo.emulator.tree.FileTree;
import io.weir.qumulo.emulator.tree.Snapshots;
import java.time.Clock;

/** The parts that calls work on. */
public record Cluster(
        FileTree tree,
        Snapshots snapshots,
        Watchers watchers,
        Accounts accounts,
        Switches switches,
        Counters counters,
        Clock clock) {

    /** @throws ApiException 403 if the user lacks it */
    void require(String privilege) {
        if (!accounts.has(privilege)) {
            throw new ApiException(
                    403, "http_unauthorized_error", "no access to management operation: it needs " + privilege);
        }
    }
}
