package io.weir.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What the writer and the readers of {@link Topics#RULES} agree on: every record of an apply (rules, tombstones and the
 * manifest) carries the header {@code apply-id}, and the manifest, the last record of the same transaction, carries the
 * hash of the whole change.
 */
public final class RulesApply {
    /** Header with the apply's id; a record without it takes effect at once. */
    public static final String APPLY_ID = "apply-id";

    /** The one transactional id under which rules are applied; it fences a second writer. */
    public static final String TRANSACTIONAL_ID = "weir-rules";

    private RulesApply() {}

    /** The apply that a record belongs to; empty for a record that takes effect at once. */
    public static Optional<String> applyId(Headers headers) {
        Header header = headers.lastHeader(APPLY_ID);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), UTF_8));
    }

    /** Sets the header on a record of the apply. */
    public static void stamp(Headers headers, String applyId) {
        headers.remove(APPLY_ID);
        headers.add(APPLY_ID, applyId.getBytes(UTF_8));
    }

    /**
     * The hash in the manifest: SHA-256 in hexadecimal over what is written and deleted, each sorted by id, each text
     * preceded by its length in bytes, so that no two changes share an input.
     *
     * @param written the definitions written, by rule id
     * @param deleted the ids deleted
     */
    public static String hash(Map<String, String> written, Collection<String> deleted) {
        MessageDigest digest = sha256();
        update(digest, written.size());
        new TreeMap<>(written).forEach((id, definition) -> {
            update(digest, id);
            update(digest, definition);
        });
        update(digest, deleted.size());
        new TreeSet<>(deleted).forEach(id -> update(digest, id));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        update(digest, bytes.length);
        digest.update(bytes);
    }

    private static void update(MessageDigest digest, int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
