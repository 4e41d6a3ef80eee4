package io.weir.agent.baseline;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ids that came last. */
final class RecentIds {
    private static final int MOST = 100;

    private final Map<Long, Boolean> ids = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > MOST;
        }
    };

    /** Adds one; false if it is there. */
    boolean add(long id) {
        return ids.put(id, true) == null;
    }
}
