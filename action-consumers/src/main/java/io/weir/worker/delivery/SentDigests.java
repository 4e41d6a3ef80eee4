package io.weir.worker.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Up to which offset the requests of each key are carried out, beyond the committed offset. The offset of a partition is held
 * back by the oldest digest that is not sent; what others have sent since is kept with it, in the metadata of the commit, so
 * that a restart or another worker does not send it again.
 */
final class SentDigests {
    /** Kafka takes 4096 bytes; beyond, the oldest are forgotten, and sent once more after a restart. */
    private static final int MOST_CHARACTERS = 4000;

    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9_-]{12}):([0-9a-z]{1,13})");

    private final Map<String, Long> upTo = new LinkedHashMap<>();

    /** Reads the metadata of a commit; what it cannot read counts as nothing. */
    static SentDigests parse(@Nullable String metadata) {
        SentDigests sent = new SentDigests();
        Matcher entries = ENTRY.matcher(metadata == null ? "" : metadata);
        while (entries.find()) {
            sent.upTo.put(entries.group(1), Long.parseLong(entries.group(2), 36));
        }
        return sent;
    }

    boolean contains(DigestKey key, long offset) {
        return offset < upTo.getOrDefault(key.hash(), 0L);
    }

    /** All before this offset are sent. */
    void add(DigestKey key, long end) {
        upTo.remove(key.hash());
        upTo.put(key.hash(), end);
    }

    /** What says something of records from this offset on. */
    String metadata(long committed) {
        upTo.values().removeIf(end -> end <= committed);
        StringBuilder text = new StringBuilder();
        upTo.forEach((hash, end) -> text.append(' ').append(hash).append(':').append(Long.toString(end, 36)));
        int tooMany = Math.max(0, text.length() - MOST_CHARACTERS);
        return tooMany == 0 ? text.toString() : text.substring(text.indexOf(" ", tooMany));
    }
}
