package io.weir.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.weir.cli.instance.Durations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of a cluster and of the parts on it. {@code ./dev faults} runs them and writes their rows of the table in
 * {@code docs/reliability.md}; without it a few run. Settable: {@code -Dweir.seed}, {@code -Dweir.only} (names, separated by
 * commas), {@code -Dweir.registry-outage}.
 */
@Timeout(value = 8, unit = TimeUnit.HOURS)
class FaultCampaignTest {
    private static final long SEED = Long.getLong("weir.seed", 1);
    private static final boolean FULL = Boolean.getBoolean("weir.faults");
    private static final List<String> ONLY =
            List.of(System.getProperty("weir.only", "").split(",", -1));
    private static final String OUTAGE = System.getProperty("weir.registry-outage", "10m");
    /** What a restart of the filter may cost. */
    private static final Duration RESTART = Duration.ofSeconds(3);

    private static final int RESTARTS = 5;
    private static final List<String> ON_ONE_BROKER =
            List.of("filter-killed-one-broker", "filter-restarted-one-broker");

    @TempDir
    Path home;

    /** So that a broker is taken for dead sooner than after Kafka's 9 s. */
    private static final Map<String, String> QUICK =
            Map.of("broker.session.timeout.ms", "4000", "broker.heartbeat.interval.ms", "500");

    @Test
    void aFewFaultsLoseNothingDoNothingTwiceAndAreTold() throws Exception {
        assumeThat(Boolean.getBoolean("weir.faults.few"))
                .as("-Dweir.faults.few=true runs it")
                .isTrue();
        try (FaultCampaign campaign = new FaultCampaign(SEED, home, Duration.ofMillis(1_500), 3, Map.of(), QUICK)) {
            Installation installation = campaign.installation();
            PartFaults parts = new PartFaults(installation);
            campaign.happen(new BrokerFaults(installation).controllerKilled().lasting(Duration.ZERO));
            campaign.happen(parts.filterKilled());
            campaign.happen(parts.workerKilled());
            campaign.happen(new NetworkFaults(installation).agentCutOff(Duration.ofSeconds(5)));
            campaign.happen(parts.registryAway(Duration.ofSeconds(3)));
            campaign.judge();
        }
    }

    @Test
    void noFaultLosesAnEventDoesAnActionTwiceOrLoopsAndItRecoversByItself() throws Exception {
        assumeThat(FULL).as("all faults are run").isTrue();
        List<Measured> measured = new ArrayList<>();
        List<String> order = new ArrayList<>();
        try (SmallDisk disk = new SmallDisk(home.resolve("disk"));
                FaultCampaign campaign = new FaultCampaign(
                        SEED,
                        Files.createDirectory(home.resolve("three")),
                        Duration.ofSeconds(3),
                        3,
                        Map.of(3, disk.directory()),
                        Map.of())) {
            for (Fault fault : all(campaign.installation(), disk)) {
                order.add(fault.name());
                happen(campaign, fault);
            }
            campaign.judge();
            measured.addAll(campaign.measured());
        }
        measured.addAll(onOneBroker());
        order.addAll(ON_ONE_BROKER);
        Map<String, String> rows = FaultTable.rows(measured);
        System.out.println(String.join("", rows.values()));
        FaultTable.write(rows, order);
        measured.stream()
                .filter(one -> one.fault().name().matches("filter-(killed|restarted).*"))
                .forEach(one -> assertThat(one.longest()).as(one.toString()).isLessThan(RESTART));
    }

    private List<Fault> all(Installation installation, SmallDisk disk) throws Exception {
        BrokerFaults brokers = new BrokerFaults(installation);
        PartFaults parts = new PartFaults(installation);
        NetworkFaults network = new NetworkFaults(installation);
        ClockFaults clocks = new ClockFaults(installation, home);
        return List.of(
                brokers.brokerKilled(),
                brokers.controllerKilled(),
                brokers.brokerFrozen(),
                brokers.leadersMoved(),
                brokers.diskFull(disk),
                brokers.twoBrokersKilled(),
                parts.filterKilled(),
                parts.filterRestarted(),
                parts.filterGone(),
                parts.filterAdded(),
                parts.workerKilled(),
                parts.workerGone(),
                parts.workerAdded(),
                parts.agentKilled(),
                network.agentCutOff(Duration.ofSeconds(20)),
                network.agentCutOffForLong(),
                network.agentRefused(),
                network.agentCutOffFromOne(),
                parts.registryAway(new Durations().convert(OUTAGE)),
                parts.registryAwayAtStart(),
                parts.rollingRestart(),
                clocks.partsAhead(),
                clocks.partsBehind(),
                clocks.brokerAhead());
    }

    /** What a restart of the filter costs there. */
    private List<Measured> onOneBroker() throws Exception {
        if (ON_ONE_BROKER.stream().noneMatch(FaultCampaignTest::isAsked)) {
            return List.of();
        }
        Path directory = Files.createDirectory(home.resolve("one"));
        try (FaultCampaign campaign =
                new FaultCampaign(SEED, directory, Duration.ofSeconds(3), 1, Map.of(), Map.of())) {
            PartFaults parts = new PartFaults(campaign.installation());
            happen(campaign, parts.filterKilled().named(ON_ONE_BROKER.get(0), "the same with one broker"));
            happen(campaign, parts.filterRestarted().named(ON_ONE_BROKER.get(1), "the same with one broker"));
            campaign.judge();
            return campaign.measured();
        }
    }

    private static void happen(FaultCampaign campaign, Fault fault) throws Exception {
        if (!isAsked(fault.name())) {
            return;
        }
        int times = fault.name().matches("filter-(killed|restarted).*") ? RESTARTS : 1;
        for (int i = 0; i < times; i++) {
            campaign.happen(fault);
        }
        campaign.awaitWell();
    }

    private static boolean isAsked(String name) {
        return ONLY.equals(List.of("")) || ONLY.contains(name);
    }
}
