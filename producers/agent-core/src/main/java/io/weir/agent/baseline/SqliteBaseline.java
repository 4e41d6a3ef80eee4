package io.weir.agent.baseline;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Place;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The baseline in SQLite. It writes through the connection that it is given; the caller begins and commits, and calls
 * {@link #flush} before each commit. The entries used last are kept in memory; after a roll-back it must not be used any more.
 */
public final class SqliteBaseline implements Baseline {
    /** Bounds memory where one transaction changes very much. */
    private static final int MOST_UNWRITTEN = 10_000;

    /** Who asks for so many names of one directory in a row asks for all: one query then, instead of one for each. */
    private static final int MISSES_OF_A_SCAN = 4;

    private static final int MOST_CHILDREN_AT_ONCE = 5_000;

    private final EntryTable table;
    private final EntryCache cache = new EntryCache(this::evicted);
    private final Unwritten unwritten = new Unwritten();
    private final NewNames newNames;
    private long nextId;
    private long missedIn = -1;
    private int misses;
    private final RecentIds readWhole = new RecentIds();

    /** Makes the tables if they are not there. */
    public SqliteBaseline(Connection connection) {
        try {
            table = new EntryTable(connection);
            nextId = table.highestId() + 1;
            newNames = new NewNames(nextId);
        } catch (SQLException e) {
            throw failed("open", e);
        }
    }

    @Override
    public Optional<Entry> find(Place place) {
        return Optional.ofNullable(lookUp(place));
    }

    @Override
    public Optional<Entry> find(long id) {
        Entry cached = cache.byId(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        try {
            return Optional.ofNullable(cached(table.byId(id)));
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    @Override
    public List<Entry> byFileId(String fileId) {
        try {
            Set<Long> ids = new LinkedHashSet<>(table.idsOfFile(fileId));
            ids.addAll(unwritten.idsOfFile(fileId));
            List<Entry> entries = new ArrayList<>(ids.size());
            for (long id : ids) {
                // what the table has may be out of date
                find(id).filter(e -> isOfFile(e, fileId)).ifPresent(entries::add);
            }
            return entries;
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    private static boolean isOfFile(Entry entry, String fileId) {
        FileStat known = entry.known();
        return known != null && known.fileId().equals(fileId);
    }

    @Override
    public List<Entry> children(long id) {
        flush();
        try {
            return table.children(id, Integer.MAX_VALUE);
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    @Override
    public Place place(Entry entry) {
        if (entry.parent() == 0) {
            return new Place(entry.name(), "/");
        }
        StringBuilder path = new StringBuilder();
        Entry at = entry;
        while (at.parent() != 0) {
            path.insert(0, at.name()).insert(0, '/');
            long parent = at.parent();
            at = find(parent).orElseThrow(() -> new IllegalStateException("entry " + parent + " is missing"));
        }
        return new Place(at.name(), path.toString());
    }

    @Override
    public Entry add(Place place, @Nullable FileStat known, Flag... flags) {
        long parent = 0;
        String name = place.volume();
        if (!place.path().equals("/")) {
            Place directory = parentOf(place);
            Long cached = cache.directory(directory);
            parent = cached != null ? cached : ensure(directory).id();
            name = nameOf(place);
        }
        Entry entry = new Entry(nextId++, parent, name, known, 0, known == null ? -1 : known.ctime()).with(flags);
        unwritten.add(entry);
        newNames.add(parent, name);
        cache.put(entry);
        flushIfMuch();
        return entry;
    }

    @Override
    public void save(Entry entry) {
        unwritten.save(entry);
        cache.put(entry);
        flushIfMuch();
    }

    @Override
    public Entry move(Entry entry, Place to) {
        Entry parent = ensure(parentOf(to));
        Entry moved = new Entry(entry.id(), parent.id(), nameOf(to), entry.known(), entry.flags(), entry.shownCtime());
        try {
            if (!unwritten.move(moved)) {
                table.relink(moved);
            }
        } catch (SQLException e) {
            throw failed("write", e);
        }
        newNames.add(moved.parent(), moved.name());
        cache.put(moved);
        if (entry.isDirectory()) {
            cache.forgetDirectories();
        }
        return moved;
    }

    @Override
    public void remove(Entry entry) {
        try {
            if (entry.isDirectory()) {
                removeBelow(entry);
            }
            if (!unwritten.remove(entry.id())) {
                table.delete(entry.id());
            }
        } catch (SQLException e) {
            throw failed("write", e);
        }
        cache.remove(entry);
        if (entry.isDirectory()) {
            cache.forgetDirectories();
        }
    }

    private void removeBelow(Entry directory) throws SQLException {
        flush();
        if (table.hasChildren(directory.id())) {
            table.deleteBelow(directory.id());
            cache.clear();
        }
    }

    /** Removes all entries. */
    public void clear() {
        unwritten.clear();
        cache.clear();
        try {
            table.clear();
        } catch (SQLException e) {
            throw failed("clear", e);
        }
    }

    /** Writes what is not in the table yet, within the caller's transaction. */
    public void flush() {
        if (unwritten.isEmpty()) {
            return;
        }
        try {
            table.insert(unwritten.added());
            table.update(unwritten.changed());
        } catch (SQLException e) {
            throw failed("write", e);
        }
        unwritten.clear();
    }

    private void flushIfMuch() {
        if (unwritten.size() >= MOST_UNWRITTEN) {
            flush();
        }
    }

    /** What leaves the cache must be found in the table. */
    private void evicted(Entry entry) {
        if (unwritten.contains(entry.id())) {
            flush();
        }
    }

    private Entry ensure(Place directory) {
        Entry found = lookUp(directory);
        return found != null ? found : add(directory, null, Flag.IMPLIED);
    }

    private @Nullable Entry lookUp(Place place) {
        if (place.path().equals("/")) {
            return child(0, place.volume());
        }
        Place directory = parentOf(place);
        Long parent = cache.directory(directory);
        if (parent == null) {
            Entry entry = lookUp(directory);
            if (entry == null) {
                return null;
            }
            parent = entry.id();
            cache.directory(directory, parent);
        }
        return child(parent, nameOf(place));
    }

    private @Nullable Entry child(long parent, String name) {
        Entry cached = cache.byName(parent, name);
        if (cached != null || !newNames.mayContain(parent, name)) {
            return cached;
        }
        try {
            misses = parent == missedIn ? misses + 1 : 0;
            missedIn = parent;
            if (misses == MISSES_OF_A_SCAN && readWhole.add(parent)) {
                readChildren(parent);
                cached = cache.byName(parent, name);
            }
            return cached != null ? cached : cached(table.byName(parent, name));
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    private void readChildren(long parent) throws SQLException {
        for (Entry child : table.children(parent, MOST_CHILDREN_AT_ONCE)) {
            if (cache.byId(child.id()) == null && !unwritten.contains(child.id())) {
                cache.put(child);
            }
        }
    }

    private @Nullable Entry cached(@Nullable Entry stored) {
        if (stored != null) {
            cache.put(stored);
        }
        return stored;
    }

    private static Place parentOf(Place place) {
        int slash = place.path().lastIndexOf('/');
        return new Place(place.volume(), slash == 0 ? "/" : place.path().substring(0, slash));
    }

    private static String nameOf(Place place) {
        return place.path().substring(place.path().lastIndexOf('/') + 1);
    }

    private static StoreException failed(String what, SQLException e) {
        return new StoreException("baseline: cannot " + what + ": " + e.getMessage(), e);
    }
}
