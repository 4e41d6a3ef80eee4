package io.weir.qumulo.client.rest;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** By what a client knows the cluster: Qumulo's certificates are self-signed unless somebody replaced them. */
public sealed interface Trust {
    /** The authorities that the Java installation trusts; the certificate must name the host. */
    record SystemAuthorities() implements Trust {}

    /**
     * Authorities of one's own, or the self-signed certificate itself; the certificate must name the host.
     *
     * @param file one or several certificates, PEM or DER
     */
    record AuthorityFile(Path file) implements Trust {}

    /**
     * Exactly one certificate, whatever host it names.
     *
     * @param sha256 its SHA-256 fingerprint in hexadecimal, as {@code openssl x509 -fingerprint -sha256} prints it, with
     *     or without colons; kept in capitals without them
     */
    record PinnedCertificate(String sha256) implements Trust {
        private static final Pattern FINGERPRINT = Pattern.compile("[0-9A-F]{64}");

        public PinnedCertificate {
            String hex = sha256.replace(":", "").strip().toUpperCase(Locale.ROOT);
            if (!FINGERPRINT.matcher(hex).matches()) {
                throw new IllegalArgumentException("pin='" + sha256
                        + "': expected the SHA-256 fingerprint of the certificate, 64 hexadecimal digits;"
                        + " try 'openssl x509 -noout -fingerprint -sha256 -in CERTIFICATE'");
            }
            sha256 = hex;
        }
    }

    /** Any certificate: whoever can divert the connection gets the credentials. */
    record Anything() implements Trust {}
}
