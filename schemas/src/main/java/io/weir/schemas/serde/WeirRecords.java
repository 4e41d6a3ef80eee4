package io.weir.schemas.serde;

import io.weir.schemas.FileEvent;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro use Weir's generated classes. Since 1.12.1 Avro makes objects only of classes that are on a list, since a schema
 * from elsewhere can name any class ({@code org.apache.avro.SERIALIZABLE_PACKAGES}); the list is one for the process. Without
 * this, reading or copying a generated record throws {@code SecurityException: Forbidden io.weir.schemas…}.
 *
 * <p>The serdes of this package call it. Whoever reads or copies records with Avro's own classes does so first.
 */
public final class WeirRecords {
    private static boolean trusted;

    private WeirRecords() {}

    /** Adds Weir's generated classes to what Avro trusts already. Idempotent; safe for all threads. */
    public static synchronized void trust() {
        if (!trusted) {
            trusted = true;
            ClassSecurityValidator.setGlobal(
                    ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), WeirRecords::isOurs));
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getPackageName().equals(FileEvent.class.getPackageName())
                && GenericContainer.class.isAssignableFrom(type);
    }
}
