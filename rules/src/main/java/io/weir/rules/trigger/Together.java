package io.weir.rules.trigger;

import io.weir.rules.EventView;
import io.weir.rules.Glob;
import io.weir.rules.text.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * With the event after which each of several files of a volume has had one within so long. It fires once, and then waits for
 * all of them anew. Time is that of the agents' clocks.
 *
 * @param paths globs, at least two
 * @param within at most {@link Trigger#LONGEST}
 */
public record Together(List<Glob> paths, Duration within) implements Trigger {
    public static final String KEY = "all-of";

    public Together {
        paths = List.copyOf(paths);
    }

    /** Which of the paths the event is about, from 0; -1 if none. */
    public int position(EventView event) {
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).matches(event.path())) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("paths", paths.stream().map(Glob::text).toList());
        tree.put("within", Durations.text(within));
        return Map.of(KEY, tree);
    }

    @Override
    public String describe() {
        return "with the event after which each of "
                + paths.stream().map(Glob::text).collect(Collectors.joining(", ")) + " has had one within "
                + Durations.text(within);
    }
}
