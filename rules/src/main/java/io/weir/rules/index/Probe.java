package io.weir.rules.index;

import io.weir.rules.EventView;
import io.weir.rules.Rule;
import io.weir.rules.text.PathParts;
import io.weir.rules.text.RegionMap;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An event while it is looked up: its path taken apart by position, hashes made once, and the rules found so far. Used
 * again for the next event of its thread, so that looking up allocates nothing.
 */
final class Probe {
    private static final Comparator<Rule> BY_ID = Comparator.comparing(Rule::id);
    private static final String NO_PATH = "";

    private @Nullable EventView event;
    private String path = NO_PATH;
    private String volume = "";
    private int type;
    private int nameStart;
    private boolean nameKnown;
    private int nameHash;
    private boolean extensionKnown;
    private int extensionStart;
    private int extensionHash;
    private Rule[] found = new Rule[4];
    private int count;

    void load(EventView loaded, String ofVolume, int ofType) {
        event = loaded;
        volume = ofVolume;
        type = ofType;
        path = loaded.path();
        nameStart = PathParts.nameStart(path);
        nameKnown = false;
        extensionKnown = false;
    }

    /** Gives each rule found once, in the order of ids. */
    void give(Consumer<Rule> matches) {
        if (count > 1) {
            Arrays.sort(found, 0, count, BY_ID);
        }
        Rule before = null;
        for (int i = 0; i < count; i++) {
            Rule rule = found[i];
            if (rule != before) {
                matches.accept(rule);
            }
            before = rule;
        }
    }

    /** Whether an event is being looked up, so that another needs another probe. */
    boolean isBusy() {
        return event != null;
    }

    /** Lets go of the event and of the rules found. */
    void release() {
        event = null;
        path = NO_PATH;
        Arrays.fill(found, 0, count, null);
        count = 0;
    }

    String path() {
        return path;
    }

    int type() {
        return type;
    }

    int nameStart() {
        return nameStart;
    }

    /** Asks what the table, whose filter is given, has for the event's name. */
    void askByName(Table table, long filter) {
        if (!nameKnown) {
            nameKnown = true;
            nameHash = RegionMap.hash(path, nameStart, path.length());
        }
        if ((filter & RegionMap.filterBit(nameHash)) != 0) {
            ask(table.get(path, nameStart, path.length(), nameHash));
        }
    }

    /** Asks what the table, whose filter is given, has for the event's extension. */
    void askByExtension(Table table, long filter) {
        if (!extensionKnown) {
            extensionKnown = true;
            extensionStart = PathParts.extensionStart(path, nameStart);
            extensionHash = RegionMap.foldedHash(path, extensionStart, path.length());
        }
        if ((filter & RegionMap.filterBit(extensionHash)) != 0) {
            ask(table.get(path, extensionStart, path.length(), extensionHash));
        }
    }

    /** Asks what the table has for the file's owner. */
    void askByOwner(Table table) {
        String owner = loaded().owner();
        if (owner != null) {
            ask(table.get(owner, 0, owner.length(), owner.hashCode()));
        }
    }

    /** Whether the file's size is at least this, or unknown. */
    boolean mayHaveSize(long least) {
        long size = loaded().size();
        return size >= least || size < 0;
    }

    long size() {
        return loaded().size();
    }

    private void ask(@Nullable Candidates candidates) {
        if (candidates != null) {
            candidates.ask(this);
        }
    }

    /** Keeps the rule if the event satisfies it. */
    void ask(Rule rule) {
        if ((rule.typeBits() & type) != 0
                && rule.matchesVolume(volume)
                && rule.condition().test(loaded())) {
            add(rule);
        }
    }

    private EventView loaded() {
        EventView e = event;
        if (e == null) {
            throw new IllegalStateException("no event is being looked up");
        }
        return e;
    }

    private void add(Rule rule) {
        if (count == found.length) {
            found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = rule;
    }
}
