package io.weir.it.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@link FaultCampaignTest}. Settable: {@code -Dweir.seed}. */
class FewFaultsTest {
    private static final Duration CALM = Duration.ofMillis(1_500);

    /** So that a broker is taken for dead sooner than after Kafka's 9 s. */
    private static final Map<String, String> SOON =
            Map.of("broker.session.timeout.ms", "4000", "broker.heartbeat.interval.ms", "500");

    @TempDir
    Path home;

    @Test
    void aFewFaultsLoseNothingDoNothingTwiceAndAreTold() throws Exception {
        try (FaultCampaign campaign = new FaultCampaign(Long.getLong("weir.seed", 1), home, CALM, 3, Map.of(), SOON)) {
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
}
