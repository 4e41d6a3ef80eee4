package io.weir.worker.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.worker.settings.Secret;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The headers of Standard Webhooks 1.0 (github.com/standard-webhooks/standard-webhooks), which libraries of many languages
 * verify: HMAC-SHA256 over {@code id.timestamp.body}. With the time in it, an old message cannot be sent again for a new one.
 */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";
    /** Before a secret that is written in Base64. */
    private static final String BASE64 = "whsec_";

    private Signature() {}

    static Map<String, String> headers(Secret secret, String id, Instant at, byte[] body) {
        String timestamp = Long.toString(at.getEpochSecond());
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(secret), ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("webhook-id", id);
            headers.put("webhook-timestamp", timestamp);
            headers.put("webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
            return headers;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }

    private static byte[] key(Secret secret) {
        String text = new String(secret.bytes(), UTF_8);
        return text.startsWith(BASE64) ? Base64.getDecoder().decode(text.substring(BASE64.length())) : secret.bytes();
    }
}
