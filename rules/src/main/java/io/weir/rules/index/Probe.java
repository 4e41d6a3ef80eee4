package io.weir.rules.index;

import io.weir.rules.EventView;
import io.weir.rules.Rule;
import io.weir.rules.text.PathParts;
import io.weir.rules.text.RegionMap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event while it is looked up: its path taken apart by position, hashes made once, and the rules found so far. Used
 * again for the next event of its thread, so that looking up allocates nothing.
 */
final class Probe {
    /** How many characters of a name the tables of beginnings know, ascending. */
    static final int[] PREFIXES = {1, 2, 3, 4, 6, 8, 12, 16};

    private static final Rule[] NO_RULES = {};
    private static final String NO_PATH = "";

    private @Nullable EventView event;
    private String path = NO_PATH;
    private String volume = "";
    private int type;
    private int nameStart;
    private int nameHash;
    private int extensionStart;
    private int extensionHash;
    private Rule[] found = NO_RULES;
    private int count;

    void load(EventView loaded, String ofVolume, int ofType) {
        event = loaded;
        volume = ofVolume;
        type = ofType;
        path = loaded.path();
        nameStart = PathParts.nameStart(path);
        nameHash = RegionMap.hash(path, nameStart, path.length());
        extensionStart = PathParts.extensionStart(path, nameStart);
        extensionHash = RegionMap.foldedHash(path, extensionStart, path.length());
    }

    /** The rules found, in no order and possibly more than once. */
    Rule[] found() {
        return count == 0 ? NO_RULES : Arrays.copyOf(found, count);
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

    /** What the table has for the event's name; null if nothing. */
    Rule @Nullable [] byName(RegionMap<Rule[]> table) {
        return table.get(path, nameStart, path.length(), nameHash);
    }

    /** What the table has for the event's extension; null if nothing. */
    Rule @Nullable [] byExtension(RegionMap<Rule[]> table) {
        return table.get(path, extensionStart, path.length(), extensionHash);
    }

    /** What the table has for the first characters of the event's name; null if nothing. */
    Rule @Nullable [] byPrefix(RegionMap<Rule[]> table, int length) {
        int to = nameStart + length;
        return to > path.length() ? null : table.get(path, nameStart, to, RegionMap.hash(path, nameStart, to));
    }

    @Nullable
    String owner() {
        return loaded().owner();
    }

    long size() {
        return loaded().size();
    }

    /** Asks these rules, and keeps those that match. */
    void ask(Rule[] candidates) {
        for (Rule rule : candidates) {
            ask(rule);
        }
    }

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
            found = Arrays.copyOf(found, Math.max(4, count * 2));
        }
        found[count++] = rule;
    }
}
