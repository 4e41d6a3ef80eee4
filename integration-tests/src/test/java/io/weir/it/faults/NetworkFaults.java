package io.weir.it.faults;

import io.weir.it.faults.FaultyProxy.Mode;
import java.time.Duration;
import java.util.List;

/** What befalls the way between the agent and the brokers. */
final class NetworkFaults {
    private static final Words UNCERTAIN = Words.health(
            Installation.AGENT, "it is not certain to be agent of record|events cannot be published: [^;]*");

    private final ThreeBrokers brokers;

    NetworkFaults(Installation installation) {
        brokers = installation.brokers();
    }

    private void become(Mode mode, List<Integer> nodes) {
        nodes.forEach(node -> brokers.proxy(node).become(mode));
    }

    private Fault cut(String name, String what, Mode mode, Duration lasts) {
        return Fault.outage(name, what, () -> become(mode, brokers.nodes()), () -> become(Mode.PASS, brokers.nodes()))
                .lasting(lasts);
    }

    Fault agentCutOff(Duration lasts) {
        return cut(
                        "agent-cut-off",
                        "nothing gets through between the agent and all brokers for " + PartFaults.words(lasts),
                        Mode.SWALLOW,
                        lasts)
                .saying(UNCERTAIN);
    }

    Fault agentCutOffForLong() {
        return cut("agent-cut-off-for-long", "the same for a minute", Mode.SWALLOW, Duration.ofMinutes(1))
                .saying(
                        UNCERTAIN,
                        Words.status("agent a .*has said nothing for \\d+ s: it was killed, or is cut off from Kafka"));
    }

    Fault agentRefused() {
        return cut(
                        "agent-refused",
                        "the agent's connections to all brokers are reset and refused for half a minute",
                        Mode.RESET,
                        Duration.ofSeconds(30))
                .saying(UNCERTAIN);
    }

    Fault agentCutOffFromOne() {
        return Fault.outage(
                        "agent-cut-off-from-one",
                        "nothing gets through between the agent and one of the brokers for half a minute",
                        () -> become(Mode.SWALLOW, List.of(1)),
                        () -> become(Mode.PASS, List.of(1)))
                .lasting(Duration.ofSeconds(30))
                .saying(
                        Words.health(
                                Installation.AGENT,
                                "no broker has acknowledged the oldest event for \\d+ s|it is not certain to be agent of record"));
    }
}
