package io.weir.agent.baseline;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All entries. For one thread at a time. */
public interface Baseline {
    Optional<Entry> find(Place place);

    Optional<Entry> find(long id);

    /** The entries with a file id: several are hard links, or a number used again. */
    List<Entry> byFileId(String fileId);

    /** The entries directly in a directory. */
    List<Entry> children(long id);

    /** Where an entry is. */
    Place place(Entry entry);

    /** Adds an entry where there is none; directories missing above it are added as {@link Flag#IMPLIED}. */
    Entry add(Place place, @Nullable FileStat known, Flag... flags);

    /** Keeps an entry's state, flags and shown change time. */
    void save(Entry entry);

    /** Moves an entry, with all below it, to where there is none. */
    Entry move(Entry entry, Place to);

    /** Removes an entry with all below it. */
    void remove(Entry entry);
}
