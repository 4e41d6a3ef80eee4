package io.weir.agent.intake;

import java.util.Set;

/** The words for events, as the rule language has them. */
public final class EventType {
    public static final String CREATED = "created";
    public static final String MODIFIED = "modified";
    public static final String WRITTEN = "written";
    public static final String ATTRIBUTES_CHANGED = "attributes-changed";
    public static final String MOVED = "moved";
    public static final String MOVED_IN = "moved-in";
    public static final String MOVED_OUT = "moved-out";
    public static final String DELETED = "deleted";
    public static final String OPENED = "opened";
    public static final String READ = "read";
    public static final String CLOSED = "closed";
    public static final String GAP = "gap";

    /** Of streams that tell what of a file has changed. */
    public static final String DATA_WRITTEN = "data-written";

    public static final String SIZE_CHANGED = "size-changed";
    public static final String OWNER_CHANGED = "owner-changed";
    public static final String GROUP_CHANGED = "group-changed";
    public static final String ACL_CHANGED = "acl-changed";
    public static final String EXTENDED_ATTRIBUTES_CHANGED = "extended-attributes-changed";
    public static final String STREAMS_CHANGED = "streams-changed";

    private static final Set<String> ACCESS = Set.of(OPENED, READ, CLOSED);

    private EventType() {}

    /** Whether the event leaves the file as it was. */
    public static boolean isAccess(String type) {
        return ACCESS.contains(type);
    }
}
