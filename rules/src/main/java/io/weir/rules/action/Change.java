package io.weir.rules.action;

import io.weir.rules.EventTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that an action may cause; rather too many than too few, since the search for rules that provoke each other goes by
 * them.
 *
 * @param types event types, as rules name them, in the order of {@link EventTypes#WORDS}
 * @param kind what they are about, if that is known: {@code directory}
 * @param where on which paths
 * @param volume of those paths; null: that of the event that the action was asked for
 */
public record Change(List<String> types, @Nullable String kind, Where where, @Nullable String volume) {
    /** Paths. */
    public sealed interface Where {}

    /** The path of the event. */
    public record AtEvent() implements Where {}

    /** What a template gives, with the placeholders of {@link io.weir.rules.Template}. */
    public record At(String template) implements Where {}

    /** The directories above what a template gives. */
    public record Above(String template) implements Where {}

    /** Everything below what a template gives. */
    public record Below(String template) implements Where {}

    /** Any path. */
    public record Anywhere() implements Where {}

    private static final List<String> DEPARTED = List.of("moved-out", "deleted");
    private static final List<String> ARRIVED = List.of("moved", "moved-in", "created");
    private static final List<String> RENAMED = List.of("moved", "deleted");
    private static final List<String> ACCESS = List.of("opened", "read", "closed");
    private static final List<String> MADE = List.of("created");
    private static final List<String> ATTRIBUTES =
            List.of("attributes-changed", "owner-changed", "group-changed", "acl-changed");

    public Change {
        types = EventTypes.WORDS.stream().filter(List.copyOf(types)::contains).toList();
    }

    /** In the volume of the event. */
    public Change(List<String> types, @Nullable String kind, Where where) {
        this(types, kind, where, null);
    }

    private Change in(@Nullable String other) {
        return new Change(types, kind, where, other);
    }

    /** Mode, owner, group or access list of the event's file are changed. */
    public static Change attributes() {
        return new Change(ATTRIBUTES, null, new AtEvent());
    }

    /** Likewise, and those of all below it. */
    public static List<Change> attributesOfTree() {
        return List.of(attributes(), new Change(ATTRIBUTES, null, new Below("{event.path}")));
    }

    /** The event's file is moved there; directories above are made where they are missing. */
    public static List<Change> move(String template) {
        return List.of(
                new Change(DEPARTED, null, new AtEvent()),
                new Change(ARRIVED, null, new At(template)),
                new Change(MADE, "directory", new Above(template)));
    }

    /** The event's file is moved to a place below there; directories are made where they are missing. */
    public static List<Change> moveBelow(String template) {
        return List.of(
                new Change(DEPARTED, null, new AtEvent()),
                new Change(ARRIVED, null, new Below(template)),
                new Change(MADE, "directory", new Below(template)),
                new Change(MADE, "directory", new At(template)),
                new Change(MADE, "directory", new Above(template)));
    }

    /**
     * The event's file is read and copied there; directories above are made where they are missing.
     *
     * @param volume where to; null: within that of the event
     * @param tree whether all below it may be copied, too
     */
    public static List<Change> copy(String template, @Nullable String volume, boolean tree) {
        List<Change> changes = new ArrayList<>(List.of(
                new Change(ACCESS, null, new AtEvent()),
                new Change(ARRIVED, null, new At(template)).in(volume),
                new Change(MADE, "directory", new Above(template)).in(volume)));
        if (tree) {
            changes.add(new Change(ACCESS, null, new Below("{event.path}")));
            changes.add(new Change(MADE, null, new Below(template)).in(volume));
            changes.add(new Change(ATTRIBUTES, "directory", new At(template)).in(volume));
            changes.add(new Change(ATTRIBUTES, "directory", new Below(template)).in(volume));
        }
        return List.copyOf(changes);
    }

    /** The event's file is deleted; it may first be given another name in its directory. */
    public static List<Change> delete() {
        return List.of(new Change(DEPARTED, null, new AtEvent()), new Change(RENAMED, null, new Anywhere()));
    }

    /** Anything, on any path. */
    public static Change anything(Collection<String> types) {
        return new Change(List.copyOf(types), null, new Anywhere());
    }
}
