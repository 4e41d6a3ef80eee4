package io.weir.filter.replay;

import io.weir.schemas.Manifest;
import io.weir.schemas.Rule;
import io.weir.schemas.topic.RulesApply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds the rules of each apply against the hash in its manifest, where all of them are still there. For one thread. */
final class AppliedHashes {
    private final Map<String, Map<String, String>> written = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    void on(StateTopic.Line line) {
        if (line.value().orElse(null) instanceof Rule rule && rule.getApplyId() != null) {
            written.computeIfAbsent(rule.getApplyId(), id -> new HashMap<>()).put(rule.getId(), rule.getDefinition());
        } else if (line.value().orElse(null) instanceof Manifest manifest) {
            Map<String, String> own = written.remove(manifest.getApplyId());
            Map<String, String> found = own == null ? Map.of() : own;
            if (found.keySet().equals(new java.util.HashSet<>(manifest.getWritten()))
                    && !RulesApply.hash(found, manifest.getDeleted()).equals(manifest.getHash())) {
                faults.add("apply '" + manifest.getApplyId() + "' (weir.rules-0@" + line.offset() + "): rules "
                        + manifest.getWritten() + " are not what was applied: their hash is not that of the manifest");
            }
        }
    }

    List<String> faults() {
        return faults;
    }
}
