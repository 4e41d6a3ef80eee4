package io.weir.it.model;

import io.weir.agent.source.FileStat;
import io.weir.it.model.Deed.Aspect;
import io.weir.it.model.Node.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that happened, in its order: who changed what, and when actions were at work. */
final class Truth {
    enum Field {
        MODE,
        UID,
        GID;

        long of(FileStat stat) {
            return switch (this) {
                case MODE -> stat.mode();
                case UID -> stat.uid();
                case GID -> stat.gid();
            };
        }
    }

    /**
     * An action as it was asked for.
     *
     * @param depth of the events that it causes
     * @param file id of the file that its event was about
     */
    record Asked(String rule, String type, int depth, @Nullable String file) {}

    /** From the first begin mark to the last end mark of an action. */
    static final class Window {
        final long from;
        /** When its marks were deleted. */
        long gone = Long.MAX_VALUE;

        long to = Long.MAX_VALUE;
        int open;

        Window(long from) {
            this.from = from;
        }

        /** Whether its marks were on disk: what the stream lost they may have to explain. */
        boolean isKnown(long order) {
            return from <= order && order <= gone;
        }

        boolean contains(long order) {
            return from <= order && order <= to;
        }
    }

    private static final Set<String> REPLACING = Set.of("move", "copy");

    private final List<Deed> deeds = new ArrayList<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final IdentityHashMap<FileStat, Long> readings = new IdentityHashMap<>();
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private final Map<String, Asked> actions = new LinkedHashMap<>();
    private final Consumer<Supplier<String>> trace;
    private long order;
    private boolean recording;
    private boolean anyLost;

    Truth(Consumer<Supplier<String>> trace) {
        this.trace = trace;
    }

    /** Until now the files were put in place. */
    void begin() {
        recording = true;
    }

    long order() {
        return order;
    }

    List<Deed> deeds() {
        return deeds;
    }

    Map<String, Asked> actions() {
        return actions;
    }

    @Nullable
    Node node(String fileId) {
        return nodes.get(fileId);
    }

    void read(FileStat stat, Node node) {
        nodes.put(node.id(), node);
        readings.put(stat, order);
    }

    /**
     * The paths that a file has had since the beginning.
     *
     * @param start its first one; null if it was made since
     */
    Set<String> paths(Node node, @Nullable String start) {
        Set<String> paths = new LinkedHashSet<>();
        String path = start;
        if (start != null) {
            paths.add(start);
        }
        for (Deed deed : deeds) {
            String from = deed.from();
            if (deed.node() == node) {
                path = deed.path();
            } else if (path != null
                    && from != null
                    && deed.to() != null
                    && deed.below().contains(node)) {
                path = deed.to() + path.substring(from.length());
            }
            if (path != null) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** The file that is told of, and that which was read in its place, if another; all that were at the path, if neither is known. */
    Set<Node> nodes(Told told) {
        Set<Node> of = new LinkedHashSet<>();
        FileStat stat = told.draft().stat();
        Node read = stat == null ? null : node(stat.fileId());
        Stream.of(told.about(), read).filter(Objects::nonNull).forEach(of::add);
        if (of.isEmpty()) {
            String name = "/" + SimulatedFiles.nameOf(told.draft().place().path());
            deeds.stream().filter(d -> d.path().endsWith(name)).forEach(d -> of.add(d.node()));
        }
        return of;
    }

    /** The path by which a name is reached at last that had this one then: directories above may have moved since. */
    String pathNow(String path, long then) {
        List<String> paths = pathsSince(path, then);
        return paths.get(paths.size() - 1);
    }

    /** The paths by which a name has been reached since it had this one. */
    List<String> pathsSince(String path, long then) {
        List<String> paths = new ArrayList<>(List.of(path));
        String now = path;
        for (Deed deed : deeds) {
            String from = deed.from();
            boolean later = deed.order() > then && deed.node().isDirectory();
            if (later && from != null && deed.to() != null && now.startsWith(from + "/")) {
                now = deed.to() + now.substring(from.length());
                paths.add(now);
            }
        }
        return paths;
    }

    /** When a state was read. */
    long readAt(FileStat stat) {
        return readings.getOrDefault(stat, order);
    }

    // Deeds

    void placed(@Nullable String actor, Node node, @Nullable String from, @Nullable String to) {
        String path = to == null ? String.valueOf(from) : to;
        add(new Deed(++order, actor, node, Aspect.PLACE, path, null, 0, from, to, below(node)));
    }

    private static Set<Node> below(Node node) {
        Set<Node> below = new HashSet<>();
        if (node.isDirectory()) {
            for (Node.Name name : node.entries().values()) {
                below.add(name.node);
                below.addAll(below(name.node));
            }
        }
        return below;
    }

    void wrote(@Nullable String actor, Node node, String path) {
        add(new Deed(++order, actor, node, Aspect.CONTENT, path, null, 0, null, null, Set.of()));
    }

    void closed(@Nullable String actor, Node node, String path) {
        add(new Deed(++order, actor, node, Aspect.CLOSING, path, null, 0, null, null, Set.of()));
    }

    void set(@Nullable String actor, Node node, Field field, long value, String path) {
        add(new Deed(++order, actor, node, Aspect.ATTRIBUTES, path, field, value, null, null, Set.of()));
    }

    private void add(Deed deed) {
        nodes.put(deed.node().id(), deed.node());
        if (!recording) {
            return;
        }
        deeds.add(deed);
        trace.accept(() -> deed.toString());
        String action = deed.action();
        if (action != null) {
            requireMeant(deed, action);
        }
    }

    /**
     * An action touches the file that its event was about, what lies below that, and what it makes; one that moves or copies
     * may replace what is there.
     */
    private void requireMeant(Deed deed, String action) {
        Asked asked = actions.get(action);
        boolean meant = asked != null
                && (deed.node().id().equals(asked.file())
                        || asked.type().equals(Append.NAME)
                        || isBelow(deed.path(), asked.file())
                        || isOfItsMaking(deed.node(), action, asked)
                        || (deed.to() == null && REPLACING.contains(asked.type())));
        if (!meant) {
            throw new Violation("an action touched another file than its event was about: " + deed + ", " + asked);
        }
    }

    private boolean isOfItsMaking(Node node, String action, Asked asked) {
        return (node.isDirectory() || asked.type().equals("copy"))
                && deeds.stream()
                        .anyMatch(d -> d.node() == node
                                && d.aspect() == Aspect.PLACE
                                && d.from() == null
                                && action.equals(d.action()));
    }

    private boolean isBelow(String path, @Nullable String file) {
        Node directory = file == null ? null : nodes.get(file);
        return directory != null && directory.isDirectory() && path.startsWith(pathOf(directory) + "/");
    }

    private static String pathOf(Node directory) {
        Name own = directory.own;
        return own == null || own.parent == null ? "" : pathOf(own.parent) + "/" + own.name;
    }

    // Actions

    /** Whether the action runs a program, whose effects are not known beforehand. */
    boolean isProgram(@Nullable String action) {
        Asked asked = action == null ? null : actions.get(action);
        return asked != null && asked.type().equals(Append.NAME);
    }

    void asked(String action, Asked how) {
        actions.put(action, how);
    }

    void begun(String action) {
        Window window = windows.computeIfAbsent(action, a -> new Window(++order));
        window.open++;
        window.to = Long.MAX_VALUE;
    }

    void ended(String action) {
        Window window = windows.get(action);
        if (window != null && --window.open <= 0) {
            window.to = ++order;
        }
    }

    void forgotten(String action) {
        Window window = windows.get(action);
        if (window != null) {
            window.gone = order;
        }
    }

    /** The agent loses what is queued. */
    void lost() {
        anyLost = true;
    }

    /** Whether the agent has lost anything that was queued. */
    boolean anyLost() {
        return anyLost;
    }

    Map<String, Window> windows() {
        return windows;
    }
}
