package io.weir.it.model;

import io.weir.agent.baseline.Entry;
import io.weir.agent.baseline.MemoryBaseline;
import io.weir.agent.intake.Draft;
import io.weir.agent.source.FileStat;
import io.weir.it.model.Deed.Aspect;
import io.weir.it.model.Node.Name;
import io.weir.it.model.Truth.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The second property. Of each file that is there at rest: if a foreign process was the last to set a field, to write, or to
 * put it where it is, then an event that is not an action's has shown just that; and what foreign processes removed was told
 * as gone. The agent's baseline is as the tree is.
 *
 * <p>Not asked is what leaves no trace: a value that an action sets, too; a file that came back to where the last action,
 * or the beginning, had it; what was made and removed before anybody saw it. Nor what was done in the scope of a program of
 * ours while it ran.
 */
final class Unjudged {
    /** @param first whether no event about this very file had shown its state before */
    private record Shown(Node node, long order, String type, String path, @Nullable FileStat stat, boolean first) {}

    private final Truth truth;
    private final SimulatedFiles files;
    private final List<Shown> shown = new ArrayList<>();
    private final Map<Node, String> starts = new HashMap<>();
    private final Set<Node> told = new HashSet<>();
    /** Told first by what a scan found. */
    private final Set<Node> found = new HashSet<>();

    private final Map<Node, TreeSet<Long>> toldOf = new HashMap<>();
    private final Set<Node> read = new HashSet<>();

    Unjudged(Truth truth, SimulatedFiles files) {
        this.truth = truth;
        this.files = files;
    }

    /** What was there at the beginning is known. */
    void begin() {
        files.all().forEach(name -> {
            starts.put(name.node, files.path(name));
            told.add(name.node);
            read.add(name.node);
        });
    }

    /** An event whose transaction is committed. */
    void published(Told event) {
        Draft draft = event.draft();
        FileStat stat = draft.stat();
        Node read = stat == null ? null : truth.node(stat.fileId());
        boolean first = read != null && !this.read.contains(read);
        if (first && (event.about() == null || event.about() == read)) {
            this.read.add(read);
        }
        for (Node node : truth.nodes(event)) {
            if (told.add(node) && event.about() == null) {
                found.add(node);
            }
            if (!draft.type().equals("moved")) {
                toldOf.computeIfAbsent(node, n -> new TreeSet<>()).add(truth.order());
            }
            if (draft.causation().isEmpty()) {
                shown.add(new Shown(
                        node, truth.order(), draft.type(), draft.place().path(), node == read ? stat : null, first));
            }
        }
    }

    void requireNone(MemoryBaseline baseline) {
        requireSame(baseline);
        Set<Node> there = new HashSet<>();
        for (Name name : files.all()) {
            there.add(name.node);
            if (!isTakenForMade(name.node)) {
                requireShown(name.node);
            }
        }
        told.stream().filter(node -> !there.contains(node)).forEach(this::absence);
    }

    private void requireShown(Node node) {
        for (Field field : Field.values()) {
            attributes(node, field);
        }
        if (!node.isDirectory()) {
            content(node);
        }
        place(node);
    }

    /** It was renamed over what an action had made, before anybody had read that: only its name was declared. */
    private boolean isTakenForMade(Node node) {
        return truth.deeds().stream()
                .filter(d -> d.node() == node && d.isForeign() && d.aspect() == Aspect.PLACE && d.to() != null)
                .anyMatch(over -> truth.deeds().stream()
                        .anyMatch(made -> !made.isForeign()
                                && made.aspect() == Aspect.PLACE
                                && made.from() == null
                                && made.order() < over.order()
                                && made.path().equals(over.to())
                                && !read.contains(made.node())));
    }

    private @Nullable Deed last(Node node, Aspect aspect, @Nullable Field field) {
        Deed last = null;
        for (Deed deed : truth.deeds()) {
            if (deed.node() == node && deed.aspect() == aspect && deed.field() == field) {
                last = deed;
            }
        }
        return last;
    }

    private void attributes(Node node, Field field) {
        Deed last = last(node, Aspect.ATTRIBUTES, field);
        if (last == null
                || !last.isForeign()
                || isInScope(last)
                || isMadeByAction(node)
                || isBeforeProgram(last)
                || isToldBesideProgram(last)) {
            return;
        }
        boolean seen = shown.stream()
                .anyMatch(s -> s.node() == node
                        && s.stat() != null
                        && field.of(s.stat()) == last.value()
                        && (s.type().equals("attributes-changed") || s.first() || isArrival(s)));
        if (!seen) {
            throw new Violation("P2: never shown: " + last);
        }
    }

    /** What an action made is first read some time later, and may show more than it did. */
    private boolean isMadeByAction(Node node) {
        return truth.deeds().stream()
                .anyMatch(d -> d.node() == node && !d.isForeign() && d.aspect() == Aspect.PLACE && d.from() == null);
    }

    /** What an action made was written to by others before a scan found it: it is told as made, with all that is in it. */
    private boolean isBeforeItWasFound(Deed written) {
        TreeSet<Long> times = toldOf.getOrDefault(written.node(), new TreeSet<>());
        return (truth.anyLost() || found.contains(written.node()))
                && isMadeByAction(written.node())
                && (times.isEmpty() || times.first() >= written.order());
    }

    private static boolean isArrival(Shown s) {
        return s.type().equals("created") || s.type().equals("moved-in");
    }

    private boolean isInScope(Deed deed) {
        return wasInScope(deed)
                && truth.windows().entrySet().stream()
                        .anyMatch(w -> truth.isProgram(w.getKey()) && mayBeOf(w.getValue(), deed));
    }

    /** Whether the file was in the scope, then or when a comparison found it. */
    private boolean wasInScope(Deed deed) {
        return Append.isInScope(deed.path()) || (truth.anyLost() && isBroughtIntoScope(deed));
    }

    private boolean isBroughtIntoScope(Deed deed) {
        return truth.pathsSince(deed.path(), deed.order()).stream().anyMatch(Append::isInScope)
                || truth.paths(deed.node(), starts.get(deed.node())).stream().anyMatch(Append::isInScope);
    }

    /** Of what the stream lost, only the marks on disk tell. */
    private boolean mayBeOf(Truth.Window program, Deed deed) {
        return program.contains(deed.order()) || (truth.anyLost() && deed.order() <= program.gone);
    }

    /** In the window of an action and before that of a program, on the same file: whose it is cannot be told from late. */
    private boolean isBeforeProgram(Deed deed) {
        return Append.isInScope(deed.path())
                && truth.windows().values().stream().anyMatch(w -> w.contains(deed.order()))
                && truth.windows().entrySet().stream()
                        .anyMatch(w -> w.getValue().to >= deed.order() && truth.isProgram(w.getKey()));
    }

    /** It was in the scope, and a program had begun when the file's state was told: whose it is cannot be told from late. */
    private boolean isToldBesideProgram(Deed deed) {
        if (!Append.isInScope(deed.path())) {
            return false;
        }
        Long first = toldOf.getOrDefault(deed.node(), new TreeSet<>()).ceiling(deed.order());
        long at = first == null ? truth.order() : first;
        return truth.windows().entrySet().stream()
                .anyMatch(w -> truth.isProgram(w.getKey()) && w.getValue().isKnown(at));
    }

    private void content(Node node) {
        Deed last = last(node, Aspect.CONTENT, null);
        if (last == null
                || !last.isForeign()
                || isInScope(last)
                || isToldBesideProgram(last)
                || isBeforeItWasFound(last)) {
            return;
        }
        boolean seen = shown.stream()
                .anyMatch(s -> s.node() == node
                        && (s.stat() == null
                                ? s.order() >= last.order()
                                : s.stat().size() == node.size)
                        && (s.first()
                                || List.of("written", "modified", "moved-in").contains(s.type())));
        if (!seen) {
            throw new Violation("P2: size " + node.size + " never shown: " + last);
        }
    }

    private void place(Node node) {
        List<Deed> places = truth.deeds().stream()
                .filter(d -> d.node() == node && d.aspect() == Aspect.PLACE)
                .toList();
        if (places.isEmpty() || !places.get(places.size() - 1).isForeign()) {
            return;
        }
        Deed last = places.get(places.size() - 1);
        int own = places.size() - 1;
        while (own >= 0 && places.get(own).isForeign()) {
            own--;
        }
        Deed origin = places.get(Math.max(own, 0));
        @Nullable String before = own >= 0 ? origin.to() : origin.from();
        long since = own >= 0 ? origin.order() : 0;
        boolean cameBack = before != null
                && last.to() != null
                && truth.pathNow(before, origin.order()).equals(truth.pathNow(last.to(), last.order()));
        if (isInScope(last) || cameBack) {
            return;
        }
        boolean seen = shown.stream()
                .anyMatch(s -> s.node() == node
                        && s.order() >= since
                        && (s.type().equals("moved") || isArrival(s))
                        && SimulatedFiles.nameOf(s.path()).equals(SimulatedFiles.nameOf(String.valueOf(last.to()))));
        if (!seen) {
            throw new Violation("P2: place never told: " + last);
        }
    }

    private void absence(Node node) {
        Deed last = last(node, Aspect.PLACE, null);
        if (last == null || !last.isForeign() || last.to() != null || isInScope(last)) {
            return;
        }
        String path = String.valueOf(last.from());
        boolean taken = files.find(path) != null || isReplaced(last);
        boolean seen = shown.stream()
                .anyMatch(s -> s.node() == node
                        && (s.type().equals("deleted") || s.type().equals("moved-out")));
        if (!taken && !seen) {
            throw new Violation("P2: absence never told: " + last);
        }
    }

    /** Whether another file was renamed over it. */
    private boolean isReplaced(Deed last) {
        return truth.deeds().stream()
                .anyMatch(d -> d.aspect() == Aspect.PLACE
                        && d.order() == last.order() + 1
                        && last.path().equals(d.to()));
    }

    private void requireSame(MemoryBaseline baseline) {
        TreeMap<String, String> tree = new TreeMap<>();
        files.all().forEach(n -> tree.put(files.path(n), line(files.stat(n.node))));
        TreeMap<String, String> known = new TreeMap<>();
        for (Entry entry : baseline.entries()) {
            FileStat stat = entry.known();
            String path = baseline.place(entry).path();
            if (!path.equals("/")) {
                known.put(path, stat == null ? "unread" : line(stat));
            }
        }
        if (!tree.equals(known)) {
            TreeSet<String> differences = new TreeSet<>();
            tree.forEach((p, l) -> differences.add(p + " is " + l + " known " + known.get(p)));
            known.keySet().stream()
                    .filter(p -> !tree.containsKey(p))
                    .forEach(p -> differences.add(p + " is not there"));
            differences.removeIf(d -> d.substring(d.indexOf(" is ") + 4).matches("(.*) known \\1"));
            throw new Violation("P2: the baseline is not as the tree is: " + differences);
        }
    }

    private static String line(FileStat s) {
        return s.fileId() + " " + Integer.toOctalString(s.mode()) + " " + s.uid() + " " + s.gid() + " " + s.size();
    }
}
