package io.weir.qumulo.client.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Makes an HTTP client trust what a {@link Trust} says, and name the fingerprint of what it refuses. */
final class ClusterTls {
    private ClusterTls() {}

    static void apply(OkHttpClient.Builder http, Trust trust) throws QumuloException {
        X509ExtendedTrustManager manager;
        if (trust instanceof Trust.AuthorityFile authority) {
            manager = new Naming(authorities(store(authority.file())));
        } else if (trust instanceof Trust.PinnedCertificate pinned) {
            manager = new Pinned(pinned.sha256());
            http.hostnameVerifier((host, session) -> true); // the pin says more than a name
        } else if (trust instanceof Trust.Anything) {
            manager = new Leaf();
            http.hostnameVerifier((host, session) -> true);
        } else {
            manager = new Naming(authorities(null));
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
            http.sslSocketFactory(context.getSocketFactory(), manager);
        } catch (GeneralSecurityException e) {
            throw new QumuloException("TLS cannot be set up: " + e.getMessage(), Reason.OTHER, e);
        }
    }

    static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().withUpperCase().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    private static KeyStore store(Path file) throws QumuloException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new CertificateException("it holds no certificate");
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new QumuloException(
                    "CA file='" + file + "': " + e.getMessage() + "; expected readable certificates, PEM or DER",
                    Reason.OTHER,
                    e);
        }
    }

    private static X509ExtendedTrustManager authorities(@Nullable KeyStore store) throws QumuloException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager found) {
                    return found;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new QumuloException("trusted authorities cannot be loaded: " + e.getMessage(), Reason.OTHER, e);
        }
        throw new QumuloException("trusted authorities cannot be loaded: this Java has none", Reason.OTHER, null);
    }

    /** A certificate was refused; the message says which, why, and what to try. */
    static final class Refused extends CertificateException {
        private static final long serialVersionUID = 1;

        Refused(X509Certificate leaf, String why, @Nullable Throwable cause) throws CertificateException {
            super(
                    "its certificate is refused: subject='" + leaf.getSubjectX500Principal() + "', SHA-256 fingerprint "
                            + fingerprint(leaf) + ": " + why,
                    cause);
        }
    }

    /** Accepts any server certificate; the base of those that look at the first alone. No client certificates. */
    private static class Leaf extends X509ExtendedTrustManager {
        void check(X509Certificate[] chain, String kind) throws CertificateException {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            check(chain, kind);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket s) throws CertificateException {
            check(chain, kind);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine e) throws CertificateException {
            check(chain, kind);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            throw new CertificateException("a client only");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket s) throws CertificateException {
            throw new CertificateException("a client only");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine e) throws CertificateException {
            throw new CertificateException("a client only");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static final class Pinned extends Leaf {
        private final String sha256;

        Pinned(String sha256) {
            this.sha256 = sha256;
        }

        @Override
        void check(X509Certificate[] chain, String kind) throws CertificateException {
            if (!fingerprint(chain[0]).equals(sha256)) {
                throw new Refused(
                        chain[0],
                        "expected the pinned one, " + sha256 + "; try --pin with the new fingerprint if the certificate"
                                + " was renewed, after comparing it on a node",
                        null);
            }
        }
    }

    private static final class Naming extends Leaf {
        private final X509ExtendedTrustManager authorities;

        Naming(X509ExtendedTrustManager authorities) {
            this.authorities = authorities;
        }

        @Override
        void check(X509Certificate[] chain, String kind) throws CertificateException {
            try {
                authorities.checkServerTrusted(chain, kind);
            } catch (CertificateException e) {
                throw new Refused(
                        chain[0],
                        e.getMessage() + "; expected one that a trusted authority signed; try --ca FILE, or --pin with"
                                + " the fingerprint after comparing it on a node",
                        e);
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authorities.getAcceptedIssuers();
        }
    }
}
