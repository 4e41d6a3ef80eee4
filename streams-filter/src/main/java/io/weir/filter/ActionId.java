package io.weir.filter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids of actions, derived so that judging an event again under the same rule gives the same id: the first 130 bits of a
 * SHA-256 in base 32, 26 characters of a-z and 2-7, fit for file names, header values and message ids.
 */
final class ActionId {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 26;
    private static final int BITS = 5;

    private ActionId() {}

    /**
     * @param eventId {@code agent:epoch:sequence}
     * @param rule rule id
     * @param ruleHash hash of the rule's conditions and actions
     * @param position place of the action within the rule
     */
    static String of(String eventId, String rule, String ruleHash, int position) {
        // No part but the last can hold a line feed: ids are one line, hashes hexadecimal.
        byte[] hash = sha256().digest((eventId + "\n" + rule + "\n" + ruleHash + "\n" + position).getBytes(UTF_8));
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(bitsAt(hash, i * BITS)));
        }
        return id.toString();
    }

    private static int bitsAt(byte[] bytes, int bit) {
        int two = (bytes[bit / 8] & 0xFF) << 8 | (bytes[bit / 8 + 1] & 0xFF);
        return (two >>> (16 - BITS - bit % 8)) & 0x1F;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
