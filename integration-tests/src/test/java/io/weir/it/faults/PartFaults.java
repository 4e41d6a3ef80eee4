package io.weir.it.faults;

import java.time.Duration;
import java.util.List;

/** What befalls Weir's own parts. */
final class PartFaults {
    private static final List<String> SOME = List.of(Installation.AGENT, "f0", "w0");

    private final Installation installation;

    PartFaults(Installation installation) {
        this.installation = installation;
    }

    private Part part(String name) {
        return installation.part(name);
    }

    /** Kills it, and it is started again at once. */
    private void killAndStart(String name) {
        part(name).kill();
        part(name).start();
    }

    private void stopAndStart(String name) {
        part(name).stop();
        part(name).start();
    }

    private void startAgain(String name) {
        part(name).start();
        part(name).awaitReady();
    }

    Fault filterKilled() {
        return Fault.survived(
                "filter-killed",
                "one of two filters is killed (`kill -9`) and started again at once",
                () -> killAndStart("f0"),
                () -> part("f0").awaitReady());
    }

    Fault filterRestarted() {
        return Fault.survived(
                "filter-restarted",
                "one of two filters is stopped in order and started again at once",
                () -> stopAndStart("f0"),
                () -> part("f0").awaitReady());
    }

    Fault filterGone() {
        return Fault.survived(
                        "filter-gone",
                        "one of two filters is killed and stays away",
                        () -> part("f1").kill(),
                        () -> startAgain("f1"))
                .saying(Words.status("filter f1 .*has said nothing for \\d+ s: it was killed"));
    }

    Fault filterAdded() {
        return Fault.survived(
                "filter-added",
                "a third filter is started, and stopped in order later",
                () -> add("f2"),
                () -> part("f2").stop());
    }

    private void add(String name) {
        (name.startsWith("f") ? installation.addFilter(name) : installation.addWorker(name)).awaitReady();
    }

    Fault workerKilled() {
        return Fault.survived(
                "worker-killed",
                "one of two workers is killed (`kill -9`) and started again at once",
                () -> killAndStart("w0"),
                () -> part("w0").awaitReady());
    }

    Fault workerGone() {
        return Fault.survived(
                        "worker-gone",
                        "one of two workers is killed and stays away",
                        () -> part("w1").kill(),
                        () -> startAgain("w1"))
                .saying(Words.status("worker w1 .*has said nothing for \\d+ s: it was killed"));
    }

    Fault workerAdded() {
        return Fault.survived(
                "worker-added",
                "a third worker is started, and stopped in order later",
                () -> add("w2"),
                () -> part("w2").stop());
    }

    Fault agentKilled() {
        return Fault.survived(
                        "agent-killed",
                        "the agent is killed (`kill -9`) and started again at once",
                        () -> killAndStart(Installation.AGENT),
                        () -> part(Installation.AGENT).awaitReady())
                .saying(Words.gap("\"reason\":\"agent-stopped\""));
    }

    /** Brokers, registry and parts, each stopped in order, one after the other. */
    Fault rollingRestart() {
        return Fault.survived(
                "rolling-restart",
                "each broker, the registry, the agent, each filter and each worker is stopped in order and started again,"
                        + " one after the other",
                this::restartAll,
                Fault.Step.NONE);
    }

    private void restartAll() {
        ThreeBrokers brokers = installation.brokers();
        for (int node : brokers.nodes()) {
            brokers.stop(node);
            brokers.start(node);
            brokers.awaitInSync();
        }
        installation.registry().kill();
        installation.registry().startAgain();
        for (Part part : installation.running()) {
            part.stop();
            part.start();
            part.awaitReady();
        }
    }

    /** @param lasts how long */
    Fault registryAway(Duration lasts) {
        return Fault.survived(
                        "registry-away",
                        "the schema registry is killed and stays away for " + words(lasts),
                        () -> installation.registry().kill(),
                        () -> installation.registry().startAgain())
                .lasting(lasts)
                .saying(Words.status("schema registry='[^']*': [^;\\n]*"));
    }

    /** What is started meanwhile knows no schema's id. */
    Fault registryAwayAtStart() {
        return Fault.outage(
                        "registry-away-at-start",
                        "the same for half a minute, while agent, one filter and one worker are killed and started",
                        () -> {
                            installation.registry().kill();
                            SOME.forEach(this::killAndStart);
                        },
                        () -> {
                            installation.registry().startAgain();
                            SOME.forEach(name -> part(name).awaitReady());
                        })
                .lasting(Duration.ofSeconds(30))
                .saying(Words.health(
                        Installation.AGENT, "(status cannot be written|events cannot be published): [^;]*"));
    }

    static String words(Duration time) {
        return time.toSeconds() % 60 == 0 && time.toMinutes() > 0
                ? time.toMinutes() == 1 ? "a minute" : time.toMinutes() + " minutes"
                : time.toSeconds() + " seconds";
    }
}
