package io.weir.worker.settings;

import io.weir.posix.PathText;
import io.weir.schemas.marks.Effect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What actions may do to files, whatever a rule says. Checked against the effects that a plan declares, so that no module
 * can forget it.
 *
 * @param roots directories that a change must lie in
 * @param specialModes whether setuid, setgid and sticky bits may be set where they are not yet
 * @param owners users that files may be given to, by name or number; empty: all
 * @param groups groups that files may be given to, likewise
 */
public record FilePolicy(
        Setting<Roots> roots,
        Setting<Boolean> specialModes,
        Setting<Optional<Set<String>>> owners,
        Setting<Optional<Set<String>>> groups) {
    public static final FilePolicy DEFAULT = new FilePolicy(
            Setting.byDefault(new Roots(List.of("/"), Map.of())),
            Setting.byDefault(false),
            Setting.byDefault(Optional.empty()),
            Setting.byDefault(Optional.empty()));

    /**
     * Directories within volumes.
     *
     * @param everywhere those of volumes that are not named
     * @param ofVolumes those of the volumes that are
     */
    public record Roots(List<String> everywhere, Map<String, Setting<List<String>>> ofVolumes) {
        public Roots {
            everywhere = List.copyOf(everywhere);
            ofVolumes = Map.copyOf(ofVolumes);
        }
    }

    FilePolicy withRoots(Setting<Roots> changed) {
        return new FilePolicy(changed, specialModes, owners, groups);
    }

    FilePolicy withSpecialModes(Setting<Boolean> changed) {
        return new FilePolicy(roots, changed, owners, groups);
    }

    FilePolicy withOwners(Setting<Optional<Set<String>>> changed) {
        return new FilePolicy(roots, specialModes, changed, groups);
    }

    FilePolicy withGroups(Setting<Optional<Set<String>>> changed) {
        return new FilePolicy(roots, specialModes, owners, changed);
    }

    /** The directories of a volume that changes must lie in. */
    public Setting<List<String>> rootsOf(String volume) {
        return roots.value()
                .ofVolumes()
                .getOrDefault(volume, new Setting<>(roots.value().everywhere(), roots.place()));
    }

    /** Why an effect is refused; empty if it is not. What a program may touch is its own setting. */
    public Optional<String> refusal(String volume, Effect effect) {
        if (effect instanceof Effect.Move move) {
            return outside(volume, move.from()).or(() -> outside(volume, move.to()));
        }
        if (effect instanceof Effect.SetFields set) {
            return outside(volume, set.path());
        }
        if (effect instanceof Effect.Create create) {
            return outside(volume, create.path());
        }
        if (effect instanceof Effect.Delete delete) {
            return outside(volume, delete.path());
        }
        if (effect instanceof Effect.Content content) {
            return outside(volume, content.path());
        }
        return Optional.empty();
    }

    private Optional<String> outside(String volume, String path) {
        Setting<List<String>> allowed = rootsOf(volume);
        for (String root : allowed.value()) {
            if (root.equals("/") || path.equals(root) || path.startsWith(root + "/")) {
                return Optional.empty();
            }
        }
        return Optional.of("path='" + PathText.display(path) + "' of volume '" + volume + "' lies outside of 'roots' "
                + allowed.value() + " (" + allowed.place() + "); change the worker's settings, or the rule");
    }
}
