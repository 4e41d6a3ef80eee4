package io.weir.cli.capture;

import io.weir.agent.AgentConfig;
import io.weir.agent.claim.ClaimSettings;
import io.weir.cli.CommandException;
import io.weir.cli.instance.Durations;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What all agents that publish to Kafka are told: how much may wait, and what to do beside another agent. */
public final class AgentOptions {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(3);

    @Option(
            names = "--spool-limit",
            paramLabel = "MIB",
            defaultValue = "1024",
            order = 42,
            description =
                    "How many MiB of events may wait while Kafka is away, at least 1 (default: 1024). Beyond it the"
                            + " agent waits, and compares the tree once there is room.")
    private int spoolMebibytes;

    @Option(
            names = "--standby",
            order = 43,
            description =
                    "Where another agent is of record for these files, wait, and take over when it stops or dies.")
    private boolean standby;

    @Option(
            names = "--lease",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "15s",
            order = 44,
            description =
                    "How long after its last sign of life a dead agent is of record still, at least 3s (default: 15s); it"
                            + " gives three in that time.")
    private Duration lease = Duration.ofSeconds(15);

    /**
     * An agent's configuration with these settings.
     *
     * @throws CommandException if one is out of range
     */
    public AgentConfig over(AgentConfig config) {
        if (spoolMebibytes < 1) {
            throw new CommandException("--spool-limit " + spoolMebibytes + ": expected MiB, at least 1");
        }
        return config.withSpoolBytes((long) spoolMebibytes << 20);
    }

    /**
     * How the agent claims what it watches.
     *
     * @throws CommandException if the lease is too short
     */
    public ClaimSettings claim() {
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new CommandException("--lease " + lease.toMillis() + "ms: expected at least 3s");
        }
        return ClaimSettings.refused().withStandby(standby).withLease(lease);
    }
}
