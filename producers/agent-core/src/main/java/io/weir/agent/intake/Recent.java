package io.weir.agent.intake;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the last entries that were put in. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1;
    private static final int MOST = 1024;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST;
    }
}
