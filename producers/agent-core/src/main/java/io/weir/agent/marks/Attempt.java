package io.weir.agent.marks;

import io.weir.agent.baseline.Entry;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.MarkName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One attempt of an action: what it declared, and which of that has been seen. */
final class Attempt {
    /** An attempt within an action. */
    record Key(String action, int attempt) {
        String beginName() {
            return new MarkName(action, attempt, MarkName.Phase.BEGIN).fileName();
        }

        String endName() {
            return new MarkName(action, attempt, MarkName.Phase.END).fileName();
        }
    }

    enum Phase {
        /** On disk, not yet come through the stream. */
        UNREAD,
        OPEN,
        ENDED
    }

    private enum Use {
        DEPARTURE,
        ARRIVAL,
        /** Not seen, but a later place of the file was told. */
        TOLD
    }

    private final BeginMark mark;
    private final List<Predicate<String>> scopes = new ArrayList<>();
    private final long[] entries;
    /** Where the baseline had the files when the attempt began, by effect. */
    private final Map<Integer, Place> places = new HashMap<>();

    private final SeenEffects seen;
    private Set<Effect> done = Set.of();
    private Phase phase = Phase.UNREAD;

    Attempt(BeginMark mark, Function<String, Predicate<String>> globs, SeenEffects seen) {
        this.mark = mark;
        this.seen = seen;
        this.entries = new long[mark.effects().size()];
        for (Effect effect : mark.effects()) {
            if (effect instanceof Effect.Scope scope) {
                scope.globs().forEach(glob -> scopes.add(globs.apply(glob)));
            }
        }
    }

    BeginMark mark() {
        return mark;
    }

    Key key() {
        return new Key(mark.actionId(), mark.attempt());
    }

    Phase phase() {
        return phase;
    }

    /** The begin mark has come through the stream: its paths mean what the baseline has there at this point. */
    void begin(KnownFiles files) {
        phase = Phase.OPEN;
        for (int i = 0; i < entries.length; i++) {
            Effect effect = mark.effects().get(i);
            @Nullable String path = pathOf(effect);
            @Nullable Entry entry = path == null ? null : files.find(new Place(mark.volume(), path), fileIdOf(effect));
            if (entry != null) {
                entries[i] = entry.id();
                places.put(i, files.place(entry));
            }
        }
    }

    void end(List<Effect> carriedOut) {
        phase = Phase.ENDED;
        done = Set.copyOf(carriedOut);
    }

    /** Whether this very move is declared and not yet seen; it is then. */
    boolean takesMove(Place from, Subject moved) {
        for (int i = 0; i < entries.length; i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && at(from, move.from())
                    && at(moved.place(), move.to())
                    && fits(move.fileId(), moved)
                    && !isUsed(i, Use.DEPARTURE)
                    && !isUsed(i, Use.ARRIVAL)) {
                return use(i, Use.DEPARTURE) && use(i, Use.ARRIVAL);
            }
        }
        return inScope(from) && inScope(moved.place());
    }

    /** Whether it is declared that a file leaves this place. Of a directory that leaves, so does all below it. */
    boolean takesDeparture(Subject gone) {
        for (int i = 0; i < entries.length; i++) {
            Effect effect = mark.effects().get(i);
            if (effect instanceof Effect.Move move
                    && (below(gone.place(), move.from())
                            || (at(gone.place(), move.from()) && fits(move.fileId(), gone) && use(i, Use.DEPARTURE)))) {
                return true;
            }
            if (effect instanceof Effect.Delete delete
                    && (below(gone.place(), delete.path())
                            || (at(gone.place(), delete.path())
                                    && fits(delete.fileId(), gone)
                                    && use(i, Use.DEPARTURE)))) {
                return true;
            }
        }
        return inScope(gone.place());
    }

    /** Whether it is declared that a file comes to this place. */
    boolean takesArrival(Subject come) {
        for (int i = 0; i < entries.length; i++) {
            Effect effect = mark.effects().get(i);
            boolean declared = (effect instanceof Effect.Move move && at(come.place(), move.to()))
                    || (effect instanceof Effect.Create create && at(come.place(), create.path()));
            if (declared && use(i, Use.ARRIVAL)) {
                return true;
            }
        }
        return inScope(come.place());
    }

    private boolean isUsed(int effect, Use use) {
        return seen.contains(key().action(), key().attempt(), effect + " " + use);
    }

    /** Returns whether it was not used yet; it is then. */
    private boolean use(int effect, Use use) {
        return seen.add(key().action(), key().attempt(), effect + " " + use);
    }

    /** Somebody else's move of the file was told: what is declared of it need not be looked for at the end. */
    void toldMove(Subject moved) {
        for (int i = 0; i < entries.length; i++) {
            if (mark.effects().get(i) instanceof Effect.Move move
                    && moved.fileId().equals(move.fileId())
                    && !isUsed(i, Use.TOLD)) {
                use(i, Use.TOLD);
            }
        }
    }

    /** Whether any part of this very move has been seen, or a later one was told. */
    boolean hasSeen(Effect.Move move) {
        for (int i = 0; i < entries.length; i++) {
            boolean seenHere = isUsed(i, Use.DEPARTURE) || isUsed(i, Use.ARRIVAL) || isUsed(i, Use.TOLD);
            if (mark.effects().get(i).equals(move) && seenHere) {
                return true;
            }
        }
        return false;
    }

    /** The moves that it carried out or found done, of files that the baseline had. */
    List<UnseenMove> doneMoves() {
        List<UnseenMove> moves = new ArrayList<>();
        for (int i = 0; i < entries.length; i++) {
            @Nullable Place place = places.get(i);
            if (mark.effects().get(i) instanceof Effect.Move move && done.contains(move) && place != null) {
                Place to = new Place(mark.volume(), move.to());
                moves.add(new UnseenMove(move, mark.causation(), entries[i], place, to));
            }
        }
        return moves;
    }

    /** Whether changes of the file's attributes are declared. */
    boolean declaresAttributes(Subject file) {
        for (int i = 0; i < entries.length; i++) {
            if (mark.effects().get(i) instanceof Effect.SetFields set && concerns(i, set, file)) {
                return true;
            }
        }
        return inScope(file.place());
    }

    /** Whether changes of the file's content are declared. */
    boolean declaresContent(Subject file) {
        for (int i = 0; i < entries.length; i++) {
            if (mark.effects().get(i) instanceof Effect.Content content
                    && concerns(i, content.path(), content.fileId(), false, file)) {
                return true;
            }
        }
        return inScope(file.place());
    }

    /** Whether anything is declared about the file. */
    boolean declaresAnything(Subject file) {
        for (int i = 0; i < entries.length; i++) {
            Effect effect = mark.effects().get(i);
            @Nullable String path = pathOf(effect);
            if (path != null && concerns(i, path, fileIdOf(effect), false, file)) {
                return true;
            }
            if (effect instanceof Effect.Move move && at(file.place(), move.to())) {
                return true;
            }
        }
        return inScope(file.place());
    }

    boolean inScope(Place place) {
        if (scopes.isEmpty() || !place.volume().equals(mark.volume())) {
            return false;
        }
        return scopes.stream().anyMatch(s -> s.test(place.path()));
    }

    /** The value that a field of the file is to have at the end; empty if none is declared. */
    OptionalLong declared(AttributeField field, Subject file, boolean doneOnly) {
        OptionalLong value = OptionalLong.empty();
        for (int i = 0; i < entries.length; i++) {
            if (mark.effects().get(i) instanceof Effect.SetFields set
                    && (!doneOnly || done.contains(set))
                    && concerns(i, set, file)) {
                OptionalLong here = field.declaredIn(set.fields());
                value = here.isPresent() ? here : value;
            }
        }
        return value;
    }

    /** The files whose attributes it declared to change, as they were when it began. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < entries.length; i++) {
            if (mark.effects().get(i) instanceof Effect.SetFields set) {
                Place place = new Place(mark.volume(), set.path());
                targets.add(new Target(place, entries[i], set.fileId() == null ? "" : set.fileId(), set.subtree()));
            }
        }
        return targets;
    }

    private boolean concerns(int effect, Effect.SetFields set, Subject file) {
        return concerns(effect, set.path(), set.fileId(), set.subtree(), file);
    }

    private boolean concerns(int effect, String path, @Nullable String fileId, boolean subtree, Subject file) {
        if (subtree && below(file.place(), path)) {
            return true;
        }
        if (fileId != null && !file.fileId().isEmpty()) {
            return fileId.equals(file.fileId());
        }
        return at(file.place(), path) || (entries[effect] != 0 && entries[effect] == file.entry());
    }

    private static boolean fits(@Nullable String declared, Subject file) {
        return declared == null || file.fileId().isEmpty() || declared.equals(file.fileId());
    }

    private boolean at(Place place, String path) {
        return place.path().equals(path) && place.volume().equals(mark.volume());
    }

    private boolean below(Place place, String directory) {
        String path = place.path();
        return path.length() > directory.length()
                && path.startsWith(directory)
                && path.charAt(directory.length()) == '/'
                && place.volume().equals(mark.volume());
    }

    private static @Nullable String pathOf(Effect effect) {
        if (effect instanceof Effect.Move move) {
            return move.from();
        }
        if (effect instanceof Effect.SetFields set) {
            return set.path();
        }
        if (effect instanceof Effect.Create create) {
            return create.path();
        }
        if (effect instanceof Effect.Delete delete) {
            return delete.path();
        }
        return effect instanceof Effect.Content content ? content.path() : null;
    }

    private static @Nullable String fileIdOf(Effect effect) {
        if (effect instanceof Effect.Move move) {
            return move.fileId();
        }
        if (effect instanceof Effect.SetFields set) {
            return set.fileId();
        }
        if (effect instanceof Effect.Delete delete) {
            return delete.fileId();
        }
        return effect instanceof Effect.Content content ? content.fileId() : null;
    }
}
