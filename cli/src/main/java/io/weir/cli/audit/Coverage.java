package io.weir.cli.audit;

import io.weir.cli.search.TopicReader;
import io.weir.rules.Glob;
import io.weir.schemas.AgentClaim;
import io.weir.schemas.ClaimedSubtree;
import io.weir.schemas.ComponentStatus;
import io.weir.schemas.CoverageGap;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.schemas.topic.ComponentTexts;
import io.weir.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What agents say that they report on, by their last status.
 *
 * @param agents by id
 */
record Coverage(Map<String, ComponentStatus> agents) {
    static Coverage read(KafkaConnection connection) {
        Map<String, ComponentStatus> agents = new TreeMap<>();
        try (TopicReader reader = TopicReader.fromBeginning(connection, Topics.COMPONENTS)) {
            reader.readToEnd(record -> {
                if (record.value() instanceof ComponentStatus status
                        && status.getKind().equals("agent")) {
                    agents.put(status.getId(), status);
                } else if (record.value() == null && record.key().startsWith("agent/")) {
                    agents.remove(record.key().substring("agent/".length()));
                }
            });
        }
        return new Coverage(agents);
    }

    /** Why there may be no event of a file, in sentences. */
    List<String> whyNone(FileName file) {
        List<String> reasons = new ArrayList<>();
        List<ComponentStatus> watching =
                agents.values().stream().filter(agent -> watches(agent, file)).toList();
        if (watching.isEmpty()) {
            reasons.add(
                    "not watched: no agent reports on it" + (agents.isEmpty() ? "; there is none" : "; " + subtrees()));
        }
        for (ComponentStatus agent : watching) {
            exclusion(agent, file)
                    .ifPresentOrElse(
                            glob -> reasons.add("excluded: agent " + agent.getId() + " does not report " + glob),
                            () -> reasons.add("agent " + agent.getId() + " reports on it, state " + agent.getState()
                                    + (agent.getCause() == null ? "" : " (" + agent.getCause() + ")")
                                    + ", and saw nothing of it"));
            gaps(agent, file, reasons);
        }
        return reasons;
    }

    private static Optional<String> exclusion(ComponentStatus agent, FileName file) {
        String excluded = agent.getTexts().getOrDefault(ComponentTexts.EXCLUDED, "");
        return excluded.lines().filter(line -> excludes(line, file)).findFirst();
    }

    private static boolean excludes(String line, FileName file) {
        int colon = line.indexOf(':');
        if (colon < 0 || !file.volume().map(line.substring(0, colon)::equals).orElse(true)) {
            return false;
        }
        try {
            return Glob.compile(line.substring(colon + 1)).matches(file.path());
        } catch (IllegalArgumentException e) {
            return false; // Of an agent of another version.
        }
    }

    private static boolean watches(ComponentStatus agent, FileName file) {
        AgentClaim claim = agent.getClaim();
        return claim != null && claim.getSubtrees().stream().anyMatch(subtree -> isIn(subtree, file));
    }

    private static boolean isIn(ClaimedSubtree subtree, FileName file) {
        boolean within = file.isWithin(subtree.getVolume(), subtree.getPath());
        return within
                && (subtree.getRecursive()
                        || io.weir.schemas.topic.Keys.parent(file.path()).equals(subtree.getPath()));
    }

    private static void gaps(ComponentStatus agent, FileName file, List<String> reasons) {
        List<CoverageGap> gaps = agent.getGaps() == null ? List.of() : agent.getGaps();
        for (CoverageGap gap : gaps) {
            if (file.isWithin(gap.getVolume(), gap.getPath())) {
                reasons.add(
                        "in a gap: agent " + agent.getId() + " did not see everything below " + gap.getVolume() + ":"
                                + gap.getPath() + " from " + gap.getSince()
                                + (gap.getLasts() ? " on" : " to " + gap.getUntil()) + " (" + gap.getReason() + ": "
                                + gap.getDetail() + ")");
            }
        }
    }

    private String subtrees() {
        List<String> all = new ArrayList<>();
        agents.forEach((id, agent) -> {
            AgentClaim claim = agent.getClaim();
            if (claim != null) {
                claim.getSubtrees()
                        .forEach(subtree -> all.add(id + " on " + subtree.getVolume() + ":" + subtree.getPath()
                                + (subtree.getRecursive() ? " and all below it" : "")));
            }
        });
        return "agents: " + (all.isEmpty() ? String.join(", ", agents.keySet()) : String.join(", ", all));
    }
}
