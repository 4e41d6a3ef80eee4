package io.weir.worker.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a worker sends mail, from its own settings.
 *
 * @param host of the SMTP server
 * @param port 1 to 65535
 * @param tls whether and when the connection is encrypted
 * @param login for servers that ask who sends
 * @param from the sender's address
 * @param domains of recipients; {@code *}: all
 * @param timeout of each step of the conversation
 * @param certificates PEM file of the authorities that the server's certificate must come from; empty: those of the JVM
 */
public record MailServer(
        String host,
        int port,
        Tls tls,
        Optional<Login> login,
        String from,
        Setting<List<String>> domains,
        Duration timeout,
        Optional<Path> certificates) {
    /** A user and the password. */
    public record Login(String user, Secret password) {}

    /** How a connection is encrypted. */
    public enum Tls {
        /** From the first byte, as on port 465 (RFC 8314). */
        IMPLICIT(465),
        /** After STARTTLS; a server that does not offer it gets no mail. */
        STARTTLS(587),
        /** Not at all. */
        NONE(25);

        private final int port;

        Tls(int port) {
            this.port = port;
        }

        /** The port that is meant if none is given. */
        public int port() {
            return port;
        }
    }

    /** Why a recipient is refused; empty if it is not. */
    public Optional<String> refusal(String address) {
        String domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        if (domains.value().contains("*") || domains.value().contains(domain)) {
            return Optional.empty();
        }
        return Optional.of("recipient '" + address + "' is not in the 'domains' " + domains.value() + " of 'mail' ("
                + domains.place() + "); change the worker's settings, or the rule");
    }
}
