package io.weir.agent.inotify;

import io.weir.agent.AgentConfig;
import io.weir.agent.AgentConfig.Activity;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Settings of an inotify agent.
 *
 * @param agent what all agents have
 * @param roots directories to watch
 * @param excluded absolute directories never watched; the agent's own data directory is excluded anyway
 */
public record InotifyAgentConfig(AgentConfig agent, List<WatchRoot> roots, Set<Path> excluded) {
    public InotifyAgentConfig {
        roots = List.copyOf(roots);
        excluded = Set.copyOf(excluded);
    }

    /** What the source is to watch, for this configuration. */
    public InotifySettings capture() {
        Set<Path> hidden = new HashSet<>(excluded);
        agent.dataDirectory().ifPresent(d -> hidden.add(d.toAbsolutePath().normalize()));
        return InotifySettings.of(roots)
                .withMarks(marks())
                .withExcluded(hidden)
                .withReadEvents(agent.activities().contains(Activity.READ));
    }

    private Map<String, Path> marks() {
        Map<String, Path> marks = new TreeMap<>();
        for (WatchRoot root : roots) {
            agent.marksDirectory(root.volume())
                    .ifPresent(d -> marks.put(root.volume(), d.toAbsolutePath().normalize()));
        }
        return marks;
    }
}
