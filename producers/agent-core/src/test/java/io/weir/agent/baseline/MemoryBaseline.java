package io.weir.agent.baseline;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A baseline in memory, for tests that make many. */
public final class MemoryBaseline implements Baseline {
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private long nextId = 1;

    /** As it is now. */
    public MemoryBaseline copy() {
        MemoryBaseline copy = new MemoryBaseline();
        copy.entries.putAll(entries);
        copy.nextId = nextId;
        return copy;
    }

    /** All entries, by id. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    @Override
    public Optional<Entry> find(Place place) {
        Optional<Entry> at = child(0, place.volume());
        if (!place.path().equals("/")) {
            for (String name : place.path().substring(1).split("/", -1)) {
                at = at.flatMap(parent -> child(parent.id(), name));
            }
        }
        return at;
    }

    private Optional<Entry> child(long parent, String name) {
        for (Entry entry : entries.values()) {
            if (entry.parent() == parent && entry.name().equals(name)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Entry> find(long id) {
        return Optional.ofNullable(entries.get(id));
    }

    @Override
    public List<Entry> byFileId(String fileId) {
        return entries.values().stream()
                .filter(e -> e.known() != null && e.known().fileId().equals(fileId))
                .toList();
    }

    @Override
    public List<Entry> children(long id) {
        return entries.values().stream().filter(e -> e.parent() == id).toList();
    }

    @Override
    public Place place(Entry entry) {
        if (entry.parent() == 0) {
            return new Place(entry.name(), "/");
        }
        Place parent = place(find(entry.parent()).orElseThrow());
        return new Place(parent.volume(), (parent.path().equals("/") ? "" : parent.path()) + "/" + entry.name());
    }

    @Override
    public Entry add(Place place, @Nullable FileStat known, Flag... flags) {
        long parent = place.path().equals("/") ? 0 : ensure(parentOf(place)).id();
        Entry entry =
                new Entry(nextId++, parent, nameOf(place), known, 0, known == null ? -1 : known.ctime()).with(flags);
        entries.put(entry.id(), entry);
        return entry;
    }

    private Entry ensure(Place directory) {
        return find(directory).orElseGet(() -> add(directory, null, Flag.IMPLIED));
    }

    @Override
    public void save(Entry entry) {
        entries.put(entry.id(), entry);
    }

    @Override
    public Entry move(Entry entry, Place to) {
        Entry moved = new Entry(
                entry.id(), ensure(parentOf(to)).id(), nameOf(to), entry.known(), entry.flags(), entry.shownCtime());
        entries.put(moved.id(), moved);
        return moved;
    }

    @Override
    public void remove(Entry entry) {
        new ArrayList<>(children(entry.id())).forEach(this::remove);
        entries.remove(entry.id());
    }

    private static Place parentOf(Place place) {
        int slash = place.path().lastIndexOf('/');
        return new Place(place.volume(), slash == 0 ? "/" : place.path().substring(0, slash));
    }

    private static String nameOf(Place place) {
        return place.path().equals("/")
                ? place.volume()
                : place.path().substring(place.path().lastIndexOf('/') + 1);
    }
}
