package io.weir.it.registry;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;

/** Apicurio Registry keeps the contract, but for what it is known to do in its own way. */
class ApicurioTest extends RegistryContract {
    @AutoClose
    private static final ApicurioProcess APICURIO = ApicurioProcess.inMemory();

    @Override
    String url() {
        return APICURIO.url();
    }

    @Override
    Set<Capability> capabilities() {
        return EnumSet.noneOf(Capability.class);
    }
}
