package io.weir.worker.run;

import io.weir.schemas.marks.Effect;
import io.weir.worker.ledger.Ledger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where this worker has moved files, so that a second action on the same event finds the file that the first one renamed.
 * The latest in memory, older ones in the ledger. Safe for all threads.
 */
final class MovedFiles {
    private static final int IN_MEMORY = 4096;

    private record Key(String volume, String path, String fileId) {}

    private final Ledger ledger;
    private final Map<Key, String> latest = new LinkedHashMap<>(64, 0.75f, false) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, String> eldest) {
            return size() > IN_MEMORY;
        }
    };

    MovedFiles(Ledger ledger) {
        this.ledger = ledger;
    }

    synchronized void add(String volume, Effect.Move move) {
        if (move.fileId() != null) {
            latest.put(new Key(volume, move.from(), move.fileId()), move.to());
        }
    }

    Optional<String> from(String volume, String path, String fileId) {
        String inMemory;
        synchronized (this) {
            inMemory = latest.get(new Key(volume, path, fileId));
        }
        return inMemory != null ? Optional.of(inMemory) : ledger.movedTo(volume, path, fileId);
    }
}
