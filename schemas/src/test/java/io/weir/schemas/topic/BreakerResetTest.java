package io.weir.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.schemas.Contribution;
import io.weir.schemas.FileEvent;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class BreakerResetTest {
    private static final RulePath TARGET = new RulePath("lock", "inbox", "/in/a:b\n.txt");
    private static final BreakerReset RESET = new BreakerReset(TARGET);

    @Test
    void anEventSaysWhatIsResetAndWhoDidIt() {
        FileEvent event = RESET.event("ann", "host-1", Instant.ofEpochSecond(1, 123_456_789));
        RecordHeaders headers = new RecordHeaders();
        RESET.write(headers);

        assertThat(event.getType()).isEqualTo("reset");
        assertThat(event.getActor().getName()).isEqualTo("ann");
        assertThat(BreakerReset.read(headers, event.getVolume(), event.getPath()))
                .contains(RESET);
        assertThat(BreakerReset.read(new RecordHeaders(), event.getVolume(), event.getPath()))
                .isEmpty();
    }

    @Test
    void aContributionSaysItWithoutHeaders() {
        Contribution contribution = RESET.contribution("ann", "host-1", Instant.EPOCH);
        assertThat(BreakerReset.read(contribution)).contains(RESET);
    }

    @Test
    void keysOfPathsComeBackAndThoseOfRulesAreNone() {
        assertThat(TARGET.key()).isEqualTo("lock:inbox:/in/a:b\n.txt");
        assertThat(RulePath.ofKey(TARGET.key())).contains(TARGET);
        assertThat(RulePath.ofKey("lock")).isEmpty();
        assertThat(RulePath.ofKey(Keys.APPLY)).isEmpty();
    }
}
