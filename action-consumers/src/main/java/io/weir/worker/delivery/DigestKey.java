package io.weir.worker.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.ActionRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;

/**
 * Which requests are gathered together: those of one action of a rule, as long as its parameters stay the same.
 *
 * @param rule its id
 * @param hash of all of it, 12 characters without blanks, for the metadata of offsets
 */
record DigestKey(String rule, String hash) {
    private static final int HASH_BYTES = 9;

    static DigestKey of(ActionRequest request) {
        String text = String.join(
                "\n",
                request.getRule(),
                request.getAction(),
                Integer.toString(request.getPosition()),
                Boolean.toString(request.getDryRun()),
                new TreeMap<>(request.getParameters()).toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return new DigestKey(
                    request.getRule(), Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, HASH_BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
