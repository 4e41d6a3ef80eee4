package io.weir.agent.marks;

import io.weir.agent.source.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directories that were moved while an attempt was known. Its mark declares paths of the tree as its worker saw it; a
 * comparison comes upon a file later, with the directories above at other places. They are known by their entries, which keep
 * their ids wherever they go. Outlives the process, by notes.
 */
final class Relocations {
    /** Of an action around which more is moved, what a comparison reveals is explained by declared paths as they are. */
    private static final int MOST = 100;

    private static final String NOTE = "relocated";

    /** @param from where the directory was */
    private record Relocation(long directory, Place from) {}

    private final String action;
    private final int attempt;
    private final ActionNotes notes;
    private final KnownFiles files;
    private final List<Relocation> relocations = new ArrayList<>();

    Relocations(Attempt.Key of, String volume, ActionNotes notes, KnownFiles files) {
        this.action = of.action();
        this.attempt = of.attempt();
        this.notes = notes;
        this.files = files;
        for (String note : notes.of(action)) {
            String[] parts = note.split(" ", 4);
            if (parts[0].equals(NOTE) && Integer.parseInt(parts[1]) == attempt) {
                relocations.add(new Relocation(Long.parseLong(parts[2]), new Place(volume, parts[3])));
            }
        }
    }

    /** A directory is moved from its place. */
    void add(long directory, Place from) {
        if (relocations.size() < MOST && relocations.add(new Relocation(directory, from))) {
            notes.add(action, NOTE + " " + attempt + " " + directory + " " + from.path());
        }
    }

    /** The places that a declared one may mean now, with itself. */
    Set<Place> now(Place declared) {
        if (relocations.isEmpty()) {
            return Set.of(declared);
        }
        Set<Place> places = new LinkedHashSet<>(Set.of(declared));
        for (Relocation relocation : relocations) {
            @Nullable Place now = files.place(relocation.directory());
            for (Place place : List.copyOf(places)) {
                if (now != null && Place.isAtOrBelow(place, relocation.from())) {
                    places.add(Place.relocated(place, relocation.from(), now));
                }
            }
        }
        return places;
    }

    /** The places at which the attempt may have known what is at a place now, with this itself. */
    Set<Place> formerly(Place place) {
        if (relocations.isEmpty()) {
            return Set.of(place);
        }
        Set<Place> places = new LinkedHashSet<>(Set.of(place));
        for (Relocation relocation : relocations) {
            @Nullable Place now = files.place(relocation.directory());
            if (now != null && Place.isAtOrBelow(place, now)) {
                places.add(Place.relocated(place, now, relocation.from()));
            }
        }
        return places;
    }

    static boolean isNote(String note) {
        return note.startsWith(NOTE + " ");
    }
}
