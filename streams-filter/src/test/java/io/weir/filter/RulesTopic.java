package io.weir.filter;

import io.weir.schemas.Manifest;
import io.weir.schemas.topic.Keys;
import io.weir.schemas.topic.RulesApply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A model of {@code weir.rules}: records with offsets, transaction markers that take an offset too, and compaction. */
final class RulesTopic {
    private final List<Line> records = new ArrayList<>();
    private long end;

    /** What lies in the topic. */
    sealed interface Line {
        long offset();

        String key();

        void feed(RuleLog log);
    }

    private record RuleRecord(long offset, String key, String definition, Optional<String> applyId) implements Line {
        @Override
        public void feed(RuleLog log) {
            log.rule(key, definition, applyId, offset);
        }
    }

    private record Tombstone(long offset, String key, Optional<String> applyId) implements Line {
        @Override
        public void feed(RuleLog log) {
            log.deletion(key, applyId, offset);
        }
    }

    private record ManifestRecord(long offset, Manifest manifest) implements Line {
        @Override
        public String key() {
            return Keys.APPLY;
        }

        @Override
        public void feed(RuleLog log) {
            log.manifest(manifest, offset);
        }
    }

    long end() {
        return end;
    }

    /** A record from a third party. */
    long put(String id, String definition) {
        records.add(new RuleRecord(end, id, definition, Optional.empty()));
        return end++;
    }

    /** A tombstone from a third party. */
    long delete(String id) {
        records.add(new Tombstone(end, id, Optional.empty()));
        return end++;
    }

    /** The offset of the manifest. */
    long apply(String applyId, Map<String, String> written, Set<String> deleted) {
        return new Apply(applyId, written, deleted).write().finish(RulesApply.hash(written, deleted));
    }

    /** An apply, step by step. */
    final class Apply {
        private final String applyId;
        private final Map<String, String> written;
        private final Set<String> deleted;
        private final long base = end;

        Apply(String applyId, Map<String, String> written, Set<String> deleted) {
            this.applyId = applyId;
            this.written = new LinkedHashMap<>(written);
            this.deleted = new TreeSet<>(deleted);
        }

        Apply write() {
            written.forEach((id, text) -> records.add(new RuleRecord(end++, id, text, Optional.of(applyId))));
            deleted.forEach(id -> records.add(new Tombstone(end++, id, Optional.of(applyId))));
            return this;
        }

        long finish(String hash) {
            Manifest manifest = Manifest.newBuilder()
                    .setApplyId(applyId)
                    .setWritten(new ArrayList<>(written.keySet()))
                    .setDeleted(new ArrayList<>(deleted))
                    .setHash(hash)
                    .setBaseOffset(base)
                    .setWrittenAt(Instant.EPOCH)
                    .build();
            records.add(new ManifestRecord(end, manifest));
            end += 2;
            return end - 2;
        }
    }

    /** Feeds what came since the last call. */
    void feedFrom(int position, RuleLog log) {
        records.subList(position, records.size()).forEach(record -> record.feed(log));
    }

    int size() {
        return records.size();
    }

    /** Takes out, of what lies before an offset, what a later record there has replaced, each by chance; tombstones too. */
    void compact(Random random, long until, boolean tombstonesToo) {
        Map<String, Long> last = new HashMap<>();
        records.stream().filter(r -> r.offset() < until).forEach(r -> last.put(r.key(), r.offset()));
        boolean all = random.nextBoolean();
        records.removeIf(r ->
                r.offset() < until && (r.offset() < last.getOrDefault(r.key(), -1L) && (all || random.nextBoolean())));
        if (tombstonesToo && all) {
            records.removeIf(r -> r.offset() < until && r instanceof Tombstone);
        }
    }
}
