package io.weir.schemas.registry;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * TLS by {@code schema.registry.ssl.*}, the names of Kafka's {@code ssl.*} properties behind the prefix: truststore and
 * keystore as JKS, PKCS12 or PEM (location or, for PEM, the text itself), {@code protocol}, and
 * {@code endpoint.identification.algorithm}, which empty turns the check of the host name off.
 */
final class RegistryTls {
    private static final String PREFIX = "schema.registry.ssl.";
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----", Pattern.DOTALL);

    private final SSLContext context;
    private final X509TrustManager trust;
    private final boolean checkHostName;

    private RegistryTls(SSLContext context, X509TrustManager trust, boolean checkHostName) {
        this.context = context;
        this.trust = trust;
        this.checkHostName = checkHostName;
    }

    /** Empty if no such property is set: then the JDK's own certificates hold. */
    static Optional<RegistryTls> of(Map<String, ?> properties) {
        if (properties.keySet().stream().noneMatch(k -> k.startsWith(PREFIX))) {
            return Optional.empty();
        }
        X509TrustManager trust = trust(trustStore(properties));
        String check = text(properties, "endpoint.identification.algorithm");
        try {
            String protocol = text(properties, "protocol");
            SSLContext context = SSLContext.getInstance(protocol == null ? "TLS" : protocol);
            context.init(keys(properties), new X509TrustManager[] {trust}, null);
            return Optional.of(new RegistryTls(context, trust, check == null || !check.isBlank()));
        } catch (GeneralSecurityException e) {
            throw new ConfigException(PREFIX + "*: cannot set up TLS for the schema registry: " + e.getMessage());
        }
    }

    void apply(OkHttpClient.Builder client) {
        client.sslSocketFactory(context.getSocketFactory(), trust);
        if (!checkHostName) {
            client.hostnameVerifier((host, session) -> true);
        }
    }

    private static X509TrustManager trust(@Nullable KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509TrustManager) Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new ConfigException(PREFIX + "truststore.*: " + e.getMessage());
        }
    }

    private static @Nullable KeyStore trustStore(Map<String, ?> properties) {
        String pem = text(properties, "truststore.certificates");
        String location = text(properties, "truststore.location");
        if (pem == null && location == null) {
            return null;
        }
        if (pem == null && type(properties, "truststore.type").equals("PEM")) {
            pem = read("truststore.location", String.valueOf(location));
        }
        if (pem == null) {
            return load("truststore", properties, String.valueOf(location));
        }
        try {
            KeyStore store = empty();
            int n = 0;
            for (Certificate certificate : certificates(pem)) {
                store.setCertificateEntry("ca" + n++, certificate);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new ConfigException(PREFIX + "truststore: not PEM certificates: " + e.getMessage());
        }
    }

    private static KeyManager @Nullable [] keys(Map<String, ?> properties) throws GeneralSecurityException {
        String chain = text(properties, "keystore.certificate.chain");
        String key = text(properties, "keystore.key");
        String location = text(properties, "keystore.location");
        if (chain == null && location == null) {
            return null;
        }
        if (chain == null && type(properties, "keystore.type").equals("PEM")) {
            chain = read("keystore.location", String.valueOf(location));
            key = chain;
        }
        String password = text(properties, "key.password");
        KeyStore store;
        if (chain == null) {
            store = load("keystore", properties, String.valueOf(location));
            password = password == null ? text(properties, "keystore.password") : password;
        } else {
            store = pemKeys(chain, key == null ? chain : key);
            password = "";
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password == null ? null : password.toCharArray());
        return factory.getKeyManagers();
    }

    private static KeyStore pemKeys(String chain, String key) throws GeneralSecurityException {
        Matcher m = KEY.matcher(key);
        if (!m.find()) {
            throw new ConfigException(
                    PREFIX + "keystore: no 'BEGIN PRIVATE KEY' block; expected an unencrypted PKCS #8 key in PEM");
        }
        byte[] der = Base64.getMimeDecoder().decode(m.group(1).getBytes(US_ASCII));
        try {
            KeyStore store = empty();
            store.setKeyEntry(
                    "key", privateKey(der), new char[0], certificates(chain).toArray(Certificate[]::new));
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static PrivateKey privateKey(byte[] der) throws GeneralSecurityException {
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // Another kind of key; the next algorithm.
            }
        }
        throw new InvalidKeySpecException("neither an RSA nor an EC nor an Ed25519 key");
    }

    private static Collection<? extends Certificate> certificates(String pem) throws GeneralSecurityException {
        String blocks = pem.substring(Math.max(0, pem.indexOf("-----BEGIN CERTIFICATE")));
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(
                        KEY.matcher(blocks).replaceAll("").getBytes(US_ASCII)));
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore load(String which, Map<String, ?> properties, String location) {
        String password = text(properties, which + ".password");
        try (InputStream in = Files.newInputStream(Path.of(location))) {
            KeyStore store = KeyStore.getInstance(type(properties, which + ".type"));
            store.load(in, password == null ? null : password.toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(which + ".location", location, e);
        }
    }

    private static String read(String which, String location) {
        try {
            return Files.readString(Path.of(location));
        } catch (IOException e) {
            throw unreadable(which, location, e);
        }
    }

    private static ConfigException unreadable(String which, String location, Exception e) {
        return new ConfigException(PREFIX + which + "='" + location + "': cannot be read: " + e
                + "; expected a readable store of the given type and password");
    }

    private static String type(Map<String, ?> properties, String name) {
        String type = text(properties, name);
        return type == null ? "JKS" : type.strip().toUpperCase(Locale.ROOT);
    }

    private static @Nullable String text(Map<String, ?> properties, String name) {
        return RegistryConfig.text(properties, PREFIX + name);
    }
}
