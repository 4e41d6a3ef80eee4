package io.weir.worker.settings;

import io.weir.posix.Accounts;
import io.weir.posix.PathText;
import io.weir.schemas.marks.Effect;
import io.weir.worker.VolumeFiles.Entry;
import io.weir.worker.files.ReservedPaths;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What actions may do to files, whatever a rule says. Checked against the effects that a plan declares, so that no module
 * can forget it.
 *
 * @param roots directories that a change must lie in
 * @param specialModes whether setuid, setgid and sticky bits may be set where they are not yet
 * @param owners users that files may be given to, by name or number; empty: all
 * @param groups groups that files may be given to, likewise
 * @param hardLinks whether mode and owner of files may be changed that have other names, which may lie anywhere
 */
public record FilePolicy(
        Setting<Roots> roots,
        Setting<Boolean> specialModes,
        Setting<Optional<Set<String>>> owners,
        Setting<Optional<Set<String>>> groups,
        Setting<Boolean> hardLinks) {
    public static final FilePolicy DEFAULT = new FilePolicy(
            Setting.byDefault(new Roots(List.of("/"), Map.of())),
            Setting.byDefault(false),
            Setting.byDefault(Optional.empty()),
            Setting.byDefault(Optional.empty()),
            Setting.byDefault(false));

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
        return new FilePolicy(changed, specialModes, owners, groups, hardLinks);
    }

    FilePolicy withSpecialModes(Setting<Boolean> changed) {
        return new FilePolicy(roots, changed, owners, groups, hardLinks);
    }

    FilePolicy withOwners(Setting<Optional<Set<String>>> changed) {
        return new FilePolicy(roots, specialModes, changed, groups, hardLinks);
    }

    FilePolicy withGroups(Setting<Optional<Set<String>>> changed) {
        return new FilePolicy(roots, specialModes, owners, changed, hardLinks);
    }

    FilePolicy withHardLinks(Setting<Boolean> changed) {
        return new FilePolicy(roots, specialModes, owners, groups, changed);
    }

    /** The directories of a volume that changes must lie in. */
    public Setting<List<String>> rootsOf(String volume) {
        return roots.value()
                .ofVolumes()
                .getOrDefault(volume, new Setting<>(roots.value().everywhere(), roots.place()));
    }

    /**
     * Why an effect is refused; empty if it is not. What a program may touch is its own setting.
     *
     * @throws IOException if the name service of this host does not answer
     */
    public Optional<String> refusal(String volume, Effect effect) throws IOException {
        if (effect instanceof Effect.Elsewhere elsewhere) {
            return refusal(elsewhere.volume(), elsewhere.effect());
        }
        if (effect instanceof Effect.Move move) {
            return outside(volume, move.from()).or(() -> outside(volume, move.to()));
        }
        if (effect instanceof Effect.SetFields set) {
            Optional<String> outside = outside(volume, set.path());
            return outside.isPresent() ? outside : accountRefusal(set);
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

    /**
     * Why a file must not be given to the owner or group that it is set to; empty if it may.
     *
     * @throws IOException as above
     */
    public Optional<String> accountRefusal(Effect.SetFields set) throws IOException {
        Optional<String> owner = refusal(set, "uid", "owner", owners, "owners", Accounts::uid);
        return owner.isPresent() ? owner : refusal(set, "gid", "group", groups, "groups", Accounts::gid);
    }

    private interface Lookup {
        OptionalLong number(String account) throws IOException;
    }

    /** Compares numbers: who has two names is the same. */
    private static Optional<String> refusal(
            Effect.SetFields set,
            String field,
            String what,
            Setting<Optional<Set<String>>> allowed,
            String key,
            Lookup lookup)
            throws IOException {
        @Nullable String number = set.fields().get(field);
        if (number == null || allowed.value().isEmpty()) {
            return Optional.empty();
        }
        Set<String> names = new TreeSet<>(allowed.value().get());
        for (String name : names) {
            OptionalLong permitted = lookup.number(name);
            if (permitted.isPresent() && Long.toString(permitted.getAsLong()).equals(number)) {
                return Optional.empty();
            }
        }
        return Optional.of(
                "path='" + PathText.display(set.path()) + "': " + what + " " + shown(number) + " is not among '" + key
                        + "' " + names + " (" + allowed.place() + "); change the worker's settings, or the rule");
    }

    private static String shown(String number) {
        return number.equals(Long.toString(Entry.NO_NUMBER)) ? "without a number" : number;
    }

    private Optional<String> outside(String volume, String path) {
        Optional<String> reserved = ReservedPaths.refusal(volume, path);
        if (reserved.isPresent()) {
            return reserved;
        }
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
