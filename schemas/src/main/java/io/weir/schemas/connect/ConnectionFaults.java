package io.weir.schemas.connect;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Says of a failure to talk to Kafka or the registry which setting to look at. */
public final class ConnectionFaults {
    private static final int DEEPEST = 20;

    private ConnectionFaults() {}

    /** What is wrong with the credentials, certificates or rights, and what to look at; empty if it is none of these. */
    public static Optional<String> advice(Throwable failure) {
        if (chain(failure).anyMatch(AuthorizationException.class::isInstance)) {
            return Optional.of("this user may not do that; 'weir acls print' shows which rights each part needs");
        }
        if (chain(failure).anyMatch(UnsupportedSaslMechanismException.class::isInstance)) {
            return Optional.of("look at sasl.mechanism");
        }
        if (chain(failure).anyMatch(SaslAuthenticationException.class::isInstance)) {
            return Optional.of("the broker refuses the user or the password (or token); look at sasl.jaas.config and"
                    + " sasl.mechanism, and whether the broker knows the user by this mechanism");
        }
        if (chain(failure)
                .anyMatch(e -> e instanceof SslAuthenticationException || e instanceof javax.net.ssl.SSLException)) {
            return Optional.of(tls(reasons(failure)));
        }
        return Optional.empty();
    }

    /** What the innermost cause says, where it says more than the outermost. */
    public static String root(Throwable failure) {
        Throwable root = chain(failure).reduce(failure, (before, next) -> next);
        return root == failure || root.getMessage() == null ? "" : root.getMessage();
    }

    private static String tls(String reasons) {
        if (reasons.contains("certification path") || reasons.contains("path validation")) {
            return "the other side's certificate is not signed by one that is trusted; look at ssl.truststore.*";
        }
        if (reasons.contains("subject alternative") || reasons.contains("no name matching")) {
            return "the certificate is for another host name; connect by a name that it has, or have one made for this";
        }
        if (reasons.contains("unsupported or unrecognized") || reasons.contains("plaintext connection")) {
            return "nobody speaks TLS there; look at the port and at security.protocol";
        }
        if (reasons.contains("certificate_required")
                || reasons.contains("bad_certificate")
                || reasons.contains("certificate_unknown")
                || reasons.contains("unknown_ca")
                || reasons.contains("empty client certificate")) {
            return "the other side does not accept this side's certificate; look at ssl.keystore.*";
        }
        if (reasons.contains("expired") || reasons.contains("notafter")) {
            return "a certificate has expired; renew it";
        }
        return "look at ssl.truststore.* and ssl.keystore.*";
    }

    private static String reasons(Throwable failure) {
        StringBuilder all = new StringBuilder();
        chain(failure).forEach(e -> all.append(e.getMessage()).append('\n'));
        return all.toString().toLowerCase(Locale.ROOT);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }
}
