package io.weir.worker.run;

import io.weir.posix.PosixException;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.EndMark;
import io.weir.worker.UnableToWorkException;
import io.weir.worker.VolumeFiles;
import io.weir.worker.files.DeclaredEffects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The volumes whose files an action touches, that of its event first, with the action's marks in all of them.
 *
 * <p>Each volume's agent reads its own marks directory, so an attempt puts a mark into each, and touches nothing before all
 * are there. One agent may watch several of the volumes, and tells attempts of an action by their numbers: so each mark has
 * a number of its own. Of an action in k volumes, the marks of attempt n have the numbers (n - 1) k + 1 to n k. The mark in
 * the event's volume says all, those in the others what is theirs.
 */
final class ActionVolumes {
    private final List<ServedVolume> volumes;

    /** @param volumes at least one, each once */
    ActionVolumes(List<ServedVolume> volumes) {
        this.volumes = List.copyOf(volumes);
    }

    private ServedVolume ofEvent() {
        return volumes.get(0);
    }

    FileLookup lookup() {
        return ofEvent().lookup();
    }

    VolumeFiles files() {
        return ofEvent().files();
    }

    /** The files of one of them; empty if it is none. */
    Optional<VolumeFiles> files(String name) {
        return volumes.stream()
                .map(ServedVolume::files)
                .filter(files -> files.volume().equals(name))
                .findFirst();
    }

    /** @throws UnableToWorkException if one of them may not be touched at present */
    void requireTouchable() {
        volumes.forEach(volume -> volume.files().requireTouchable());
    }

    List<String> names() {
        return volumes.stream().map(volume -> volume.files().volume()).toList();
    }

    // Effects

    /** Those of the effects of one attempt that the files show, as {@link DeclaredEffects} has it. */
    List<Effect> inPlace(List<Effect> declared) throws IOException {
        Set<Effect> holding = new HashSet<>();
        for (ServedVolume volume : volumes) {
            for (Effect own : DeclaredEffects.inPlace(volume.files(), ownOf(volume, declared))) {
                holding.add(volume.equals(ofEvent()) ? own : new Effect.Elsewhere(volume.name(), own));
            }
        }
        return declared.stream().filter(holding::contains).toList();
    }

    /** Without fields that have been set anew since the look at the file: the agent would expect them as declared. */
    List<Effect> stillHolding(List<Effect> effects) {
        List<Effect> holding = new ArrayList<>();
        for (Effect effect : effects) {
            if (!(effect.bare() instanceof Effect.SetFields) || isInPlace(effect)) {
                holding.add(effect);
            }
        }
        return holding;
    }

    /** Of what cannot be seen nothing is claimed. */
    private boolean isInPlace(Effect effect) {
        try {
            return !inPlace(List.of(effect)).isEmpty();
        } catch (IOException | UnableToWorkException e) {
            return false;
        }
    }

    /** What is declared of a volume, as its own marks have it. */
    private List<Effect> ownOf(ServedVolume volume, List<Effect> effects) {
        return effects.stream()
                .filter(effect -> effect instanceof Effect.Elsewhere elsewhere
                        ? elsewhere.volume().equals(volume.name())
                        : volume.equals(ofEvent()))
                .map(Effect::bare)
                .toList();
    }

    // Marks

    private int number(int attempt, ServedVolume volume) {
        return (attempt - 1) * volumes.size() + volumes.indexOf(volume) + 1;
    }

    /** The lowest number of an attempt from {@code from} on that has begun in none of the volumes. */
    int freeAttempt(String actionId, int from) {
        int attempt = from;
        while (hasBegun(actionId, attempt)) {
            attempt++;
        }
        return attempt;
    }

    private boolean hasBegun(String actionId, int attempt) {
        return volumes.stream().anyMatch(volume -> volume.marks().hasBegun(actionId, number(attempt, volume)));
    }

    /** What an attempt has declared, as far as its marks are there and can be read; empty if none is. */
    Optional<BeginMark> begun(String actionId, int attempt) throws IOException {
        for (ServedVolume volume : volumes) {
            Optional<BeginMark> mark = volume.marks().begun(actionId, number(attempt, volume));
            if (mark.isPresent()) {
                return volume.equals(ofEvent()) ? mark : mark.map(own -> elsewhere(volume, own));
            }
        }
        return Optional.empty();
    }

    private static BeginMark elsewhere(ServedVolume volume, BeginMark own) {
        List<Effect> effects = own.effects().stream()
                .<Effect>map(effect -> new Effect.Elsewhere(volume.name(), effect))
                .toList();
        return with(own, own.attempt(), own.volume(), effects);
    }

    /** What the attempt says that it has done, which stands in the event's volume; empty if it does not. */
    Optional<EndMark> ended(String actionId, int attempt) throws IOException {
        return ofEvent().marks().ended(actionId, number(attempt, ofEvent()));
    }

    /**
     * Puts the begin marks there; nothing may be touched before.
     *
     * @param marked told after each
     * @throws PosixException EEXIST if another process has just begun this attempt
     * @throws UnableToWorkException if one cannot be written
     */
    void begin(BeginMark mark, Runnable marked) throws PosixException {
        List<ServedVolume> begun = new ArrayList<>();
        try {
            for (ServedVolume volume : volumes) {
                volume.marks().begin(of(volume, mark));
                begun.add(volume);
                marked.run();
            }
        } catch (PosixException | UnableToWorkException e) {
            begun.forEach(volume -> end(volume, mark, List.of()));
            throw e;
        }
    }

    /** The event's volume keeps the whole of it, for whoever makes the next attempt; its agent passes the rest over. */
    private BeginMark of(ServedVolume volume, BeginMark mark) {
        List<Effect> effects = volume.equals(ofEvent()) ? mark.effects() : ownOf(volume, mark.effects());
        return with(mark, number(mark.attempt(), volume), volume.name(), effects);
    }

    private static BeginMark with(BeginMark mark, int number, String volume, List<Effect> effects) {
        return new BeginMark(
                mark.actionId(),
                number,
                volume,
                mark.correlationId(),
                mark.depth(),
                mark.worker(),
                mark.lock(),
                effects,
                mark.journal());
    }

    /**
     * Puts the end marks there, that of the event's volume last: it says that all is over.
     *
     * @param marked told after each
     */
    void end(BeginMark mark, List<Effect> holding, Runnable marked) {
        for (int i = volumes.size() - 1; i >= 0; i--) {
            end(volumes.get(i), mark, holding);
            marked.run();
        }
    }

    private void end(ServedVolume volume, BeginMark mark, List<Effect> holding) {
        List<Effect> done = volume.equals(ofEvent()) ? holding : ownOf(volume, holding);
        volume.marks()
                .end(new EndMark(mark.actionId(), number(mark.attempt(), volume), volume.name(), mark.worker(), done));
    }
}
