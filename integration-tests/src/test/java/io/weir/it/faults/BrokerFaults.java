package io.weir.it.faults;

import java.time.Duration;

/** What befalls brokers. */
final class BrokerFaults {
    private static final Duration LASTS = Duration.ofSeconds(15);
    private static final Words AWAY = Words.status("broker \\d is away, and \\d+ of \\d+ partitions lack a copy");

    private final ThreeBrokers brokers;
    private int victim;

    BrokerFaults(Installation installation) {
        this.brokers = installation.brokers();
    }

    private void killVictim() {
        brokers.kill(victim);
    }

    private void victimBack() {
        brokers.start(victim);
        brokers.awaitInSync();
    }

    private Fault killed(String name, String what, Fault.Step choose) {
        return Fault.survived(name, what, this::killVictim, this::victimBack)
                .after(choose)
                .lasting(LASTS)
                .saying(AWAY);
    }

    /** One that leads its share of the partitions. */
    Fault brokerKilled() {
        return killed(
                "broker-killed",
                "a broker that leads a third of the partitions is killed (`kill -9`), and is back later",
                () -> victim = brokers.follower());
    }

    Fault controllerKilled() {
        return killed(
                "controller-killed",
                "the same of the broker that is the active controller",
                () -> victim = brokers.controller());
    }

    Fault brokerFrozen() {
        return Fault.survived(
                        "broker-frozen",
                        "a broker gets no processor time (SIGSTOP), and goes on later",
                        () -> brokers.freeze(victim),
                        () -> {
                            brokers.go(victim);
                            brokers.awaitInSync();
                        })
                .after(() -> victim = brokers.follower())
                .lasting(LASTS)
                .saying(AWAY);
    }

    Fault leadersMoved() {
        return Fault.survived(
                "leaders-moved",
                "each partition gets another leader, those of Kafka's own topics too",
                brokers::moveLeaders,
                Fault.Step.NONE);
    }

    /** More than the cluster can bear. */
    Fault twoBrokersKilled() {
        return Fault.outage(
                        "two-brokers-killed",
                        "two of the three brokers are killed, and are back later",
                        () -> {
                            brokers.kill(1);
                            brokers.kill(2);
                        },
                        () -> {
                            brokers.launch(1);
                            brokers.launch(2);
                            brokers.awaitInSync();
                        })
                .lasting(LASTS)
                .saying(
                        Words.health(
                                Installation.AGENT,
                                "it is not certain to be agent of record|events cannot be published: [^;]*"),
                        Words.health("w0", "topic='weir.control' cannot be read"));
    }

    /** @param disk of broker 3 */
    Fault diskFull(SmallDisk disk) {
        return Fault.survived(
                        "disk-full",
                        "the disk of a broker is full, until room is made and the broker is started again",
                        () -> {
                            disk.fill();
                            brokers.awaitEnd(3);
                        },
                        () -> {
                            disk.free();
                            brokers.start(3);
                            brokers.awaitInSync();
                        })
                .lasting(LASTS)
                .saying(AWAY);
    }
}
