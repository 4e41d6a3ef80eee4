package io.weir.agent.inotify;

import io.weir.agent.AgentConfig;
import io.weir.agent.AgentConfig.Activity;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Settings of an inotify agent.
 *
 * @param agent what all agents have
 * @param roots directories to watch
 * @param excluded absolute paths never watched or told; the agent's own data directory is excluded anyway
 * @param hidden the same for whatever path of the host it holds for
 * @param polling what is besides compared with the baseline again and again
 * @param excludes see {@link InotifySettings#excludes}
 */
public record InotifyAgentConfig(
        AgentConfig agent,
        List<WatchRoot> roots,
        Set<Path> excluded,
        Predicate<String> hidden,
        Polling polling,
        List<String> excludes) {
    public InotifyAgentConfig {
        roots = List.copyOf(roots);
        excluded = Set.copyOf(excluded);
    }

    /** Nothing but what is excluded by path is hidden, and nothing is polled. */
    public InotifyAgentConfig(AgentConfig agent, List<WatchRoot> roots, Set<Path> excluded) {
        this(agent, roots, excluded, InotifySettings.NOTHING, Polling.NONE, List.of());
    }

    /** What the source is to watch, for this configuration. */
    public InotifySettings capture() {
        Set<Path> never = new HashSet<>(excluded);
        agent.dataDirectory().ifPresent(d -> never.add(d.toAbsolutePath().normalize()));
        return InotifySettings.of(roots)
                .withMarks(marks())
                .withExcluded(never)
                .withHidden(hidden)
                .withPolling(polling)
                .withExcludes(excludes)
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
