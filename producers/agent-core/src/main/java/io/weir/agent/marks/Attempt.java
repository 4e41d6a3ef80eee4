package io.weir.agent.marks;

import io.weir.agent.baseline.Entry;
import io.weir.agent.source.Place;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.MarkName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One attempt of an action: what it declared, and which of that has been seen. */
final class Attempt {
    /** An attempt within an action. */
    record Key(String action, int attempt) {
        static Key of(BeginMark mark) {
            return new Key(mark.actionId(), mark.attempt());
        }

        static Key of(MarkName mark) {
            return new Key(mark.actionId(), mark.attempt());
        }

        /** By the name of its begin mark. */
        static Key ofBegin(String name) {
            return of(MarkName.parse(name).orElseThrow());
        }

        /** The names of its mark files, in the order in which they are deleted: while its begin is there, it is known. */
        List<String> names() {
            return List.of(endName(), beginName());
        }

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

    static final long NEVER = Long.MAX_VALUE;

    private final BeginMark mark;
    private final Function<String, Predicate<String>> globs;
    private final KnownFiles files;
    private final Relocations relocations;
    private final List<Predicate<String>> scopes;
    /** Within its scopes, what it said that it changed. */
    private Optional<List<Predicate<String>>> said = Optional.empty();

    private final long[] entries;

    private final AttemptPlaces places;
    private Set<Effect> done = Set.of();
    private boolean outcomeKnown;
    private Phase phase = Phase.UNREAD;
    /** In the order of the stream. */
    private long begunAt = NEVER;

    private long endedAt = NEVER;

    Attempt(
            BeginMark mark,
            Function<String, Predicate<String>> globs,
            SeenEffects seen,
            ActionNotes notes,
            KnownFiles files) {
        this.mark = mark;
        this.globs = globs;
        this.files = files;
        this.relocations = new Relocations(key(), mark.volume(), notes, files);
        this.places = new AttemptPlaces(mark, this::inScope, seen, relocations, this::mayHave);
        this.entries = new long[mark.effects().size()];
        this.scopes = scopes(mark.effects());
    }

    private List<Predicate<String>> scopes(Collection<Effect> effects) {
        List<Predicate<String>> all = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Scope scope) {
                scope.globs().forEach(glob -> all.add(globs.apply(glob)));
            }
        }
        return all;
    }

    BeginMark mark() {
        return mark;
    }

    Key key() {
        return Key.of(mark);
    }

    Phase phase() {
        return phase;
    }

    /** The begin mark has come through the stream: its paths mean what the baseline has there at this point. */
    void begin(long at) {
        phase = Phase.OPEN;
        begunAt = at;
        for (int i = 0; i < entries.length; i++) {
            Effect effect = mark.effects().get(i);
            @Nullable Entry entry = find(Effects.path(effect), Effects.fileId(effect));
            if (entry != null) {
                entries[i] = entry.id();
                places.begin(i, entry.id(), Objects.requireNonNull(files.place(entry.id())));
            }
        }
    }

    /** What it means by a path; after a restart, directories may have been moved since it began. */
    private @Nullable Entry find(@Nullable String path, @Nullable String fileId) {
        for (Place place : path == null ? Set.<Place>of() : relocations.now(new Place(mark.volume(), path))) {
            @Nullable Entry entry = files.find(place, fileId);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** A directory is about to be moved from its place: what is declared of there is meant of where it will be. */
    void directoryMoves(long directory, Place from) {
        if (!scopes.isEmpty() || places.isAbout(from)) {
            followTargets(from);
            relocations.add(directory, from);
        }
    }

    /** What it has made is known by its path alone, which now leads elsewhere. */
    private void followTargets(Place from) {
        for (int i = 0; i < entries.length; i++) {
            if (entries[i] == 0
                    && mark.effects().get(i) instanceof Effect.SetFields set
                    && places.hasArrived(set.path())) {
                Place place = new Place(mark.volume(), set.path());
                @Nullable Entry made = Place.isAtOrBelow(place, from) ? files.find(place, set.fileId()) : null;
                entries[i] = made == null ? 0 : made.id();
            }
        }
    }

    /** The file as the attempt may have known it, when it and directories that have been moved since were where they were. */
    List<Subject> formerly(List<MoveChain.Stay> stays) {
        List<Subject> formerly = new ArrayList<>();
        for (MoveChain.Stay stay : stays) {
            Subject file = stay.file();
            if (begunAt <= stay.until()) {
                relocations
                        .formerly(file.place())
                        .forEach(place -> formerly.add(new Subject(place, file.entry(), file.fileId())));
            }
        }
        return formerly;
    }

    /** Whether the file is in its scope, or was before it or directories were moved. */
    boolean wasInScope(List<MoveChain.Stay> stays) {
        return !scopes.isEmpty() && formerly(stays).stream().anyMatch(was -> inScope(was.place()));
    }

    /** When it ended, in the order of the stream; {@link #NEVER} if it has not, or before a restart. */
    long endedAt() {
        return endedAt;
    }

    /** It is over, and nobody knows what it did. */
    void end(long at) {
        phase = Phase.ENDED;
        endedAt = at;
    }

    /** It is over, and has told what it did. */
    void end(long at, List<Effect> carriedOut) {
        end(at);
        outcomeKnown = true;
        done = Set.copyOf(carriedOut);
        if (saysWhatItChanged()) {
            said = Optional.of(scopes(done));
        }
    }

    /** Whether it may have carried out what it declared. */
    private boolean mayHave(Effect effect) {
        return !outcomeKnown || hasDone(effect);
    }

    /** Whether it has told that it carried this out, or found it done. */
    boolean hasDone(Effect effect) {
        return done.contains(effect);
    }

    /** Whether it declared a scope. */
    boolean hasScope() {
        return mark.effects().stream().anyMatch(Effect.Scope.class::isInstance);
    }

    /** Whether it has ended, and said within its scope what it really changed. */
    boolean saysWhatItChanged() {
        return done.stream()
                .anyMatch(effect ->
                        effect instanceof Effect.Scope && !mark.effects().contains(effect));
    }

    /** Whether it may have set attributes of a file that the other declares to set. */
    boolean isBeside(Attempt other) {
        return other.targets().stream()
                .anyMatch(t -> declaresAttributes(new Subject(t.place(), t.entry(), t.fileId())));
    }

    /** What it declared of places. */
    AttemptPlaces places() {
        return places;
    }

    /** Moves that it carried out or found done, of files that the baseline had. */
    List<UnseenMove> doneMoves() {
        return places.doneMoves(done);
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

    /** Whether one of these fields of the file is declared. */
    boolean declaresFields(Subject file, Set<String> fields) {
        for (int i = 0; i < entries.length; i++) {
            if (mark.effects().get(i) instanceof Effect.SetFields set
                    && !Collections.disjoint(set.fields().keySet(), fields)
                    && concerns(i, set, file)) {
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
            @Nullable String path = Effects.path(effect);
            boolean below = effect instanceof Effect.Read;
            if (path != null && concerns(i, path, Effects.fileId(effect), below, file)) {
                return true;
            }
            if (effect instanceof Effect.Move move && Effects.at(file.place(), mark.volume(), move.to())) {
                return true;
            }
        }
        return inScope(file.place());
    }

    boolean inScope(Place place) {
        if (scopes.isEmpty() || !place.volume().equals(mark.volume())) {
            return false;
        }
        return matches(scopes, place) && (said.isEmpty() || matches(said.get(), place));
    }

    private static boolean matches(List<Predicate<String>> globs, Place place) {
        return globs.stream().anyMatch(glob -> glob.test(place.path()));
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
        if (subtree && Effects.below(file.place(), mark.volume(), path)) {
            return true;
        }
        if (fileId != null && !file.fileId().isEmpty()) {
            return fileId.equals(file.fileId());
        }
        return Effects.at(file.place(), mark.volume(), path)
                || (entries[effect] != 0 && entries[effect] == file.entry());
    }
}
