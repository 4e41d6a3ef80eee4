package io.weir.qumulo.client;

import java.util.Locale;

/** The kinds of user metadata that a file may have. */
public enum MetadataType {
    /** Of one's own; object tags over S3. */
    GENERIC,
    /** Object metadata over S3. */
    S3;

    String segment() {
        return name().toLowerCase(Locale.ROOT);
    }
}
