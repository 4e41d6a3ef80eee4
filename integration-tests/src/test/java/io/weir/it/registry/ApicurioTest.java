package io.weir.it.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.it.TestCluster;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Apicurio Registry keeps the contract, but for what it is known to do in its own way; with its schemas in Kafka. */
class ApicurioTest extends RegistryContract {
    @AutoClose
    private static final ApicurioProcess APICURIO =
            ApicurioProcess.inKafka(TestCluster.shared().bootstrapServers());

    @Override
    String url() {
        return APICURIO.url();
    }

    @Override
    Set<Capability> capabilities() {
        return EnumSet.noneOf(Capability.class);
    }

    @Test
    void whatItHasIsThereAgainAfterAKill() {
        String subject = subject();
        level(subject, "FULL_TRANSITIVE");
        int id = register(subject, A);

        APICURIO.kill();
        APICURIO.startAgain();

        assertThat(register(subject, A)).isEqualTo(id);
        assertThat(rest().get("/config/" + subject)
                        .json()
                        .path("compatibilityLevel")
                        .asText())
                .isEqualTo("FULL_TRANSITIVE");
    }
}
