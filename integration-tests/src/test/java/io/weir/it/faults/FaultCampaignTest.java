package io.weir.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.cli.instance.Durations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of a cluster and of the parts on it: {@code ./dev faults} runs them and writes their rows of the table in
 * {@code docs/reliability.md}. Settable: {@code -Dweir.seed}, {@code -Dweir.only} (names, separated by commas), {@code
 * -Dweir.registry-outage}.
 */
@Tag("campaign")
@Timeout(value = 8, unit = TimeUnit.HOURS)
class FaultCampaignTest {
    private static final long SEED = Long.getLong("weir.seed", 1);
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

    @Test
    void noFaultLosesAnEventDoesAnActionTwiceOrLoopsAndItRecoversByItself() throws Exception {
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
