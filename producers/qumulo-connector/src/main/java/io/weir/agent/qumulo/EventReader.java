package io.weir.agent.qumulo;

import io.weir.agent.intake.EventType;
import io.weir.agent.qumulo.notify.Movement;
import io.weir.agent.qumulo.notify.NotifyEvent;
import io.weir.agent.source.FileIdentity;
import io.weir.agent.source.Observation;
import io.weir.agent.source.Observation.Overlap;
import io.weir.agent.source.Observation.StreamEvent;
import io.weir.agent.source.Place;
import io.weir.qumulo.client.FileAttributes;
import io.weir.qumulo.client.FileRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes observations of what the stream tells: in our words, of what is watched, with the states that are wanted. */
final class EventReader {
    private final String volume;
    private final WatchedPaths watched;
    private final StateInterest interest;
    private final ClusterFiles files;
    private final Settling settling;
    /** The path of the last event, if it told of a write. */
    private String written = "";

    EventReader(String volume, WatchedPaths watched, StateInterest interest, ClusterFiles files, Settling settling) {
        this.volume = volume;
        this.watched = watched;
        this.interest = interest;
        this.files = files;
        this.settling = settling;
    }

    /** An event in our words; empty if it is not about what is watched, or tells what another has told. */
    Optional<StreamEvent> read(Movement movement, long observedAt, Overlap overlap) {
        NotifyEvent event = movement.event();
        String path = "/" + event.path();
        String word = Words.of(movement);
        if (event.type().equals("child_mtime_changed") && path.equals(written)) {
            return Optional.empty();
        }
        written = Words.isWrite(word) ? path : "";
        boolean here = watched.covers(path);
        NotifyEvent from = movement.from();
        @Nullable String previous = from == null ? null : "/" + from.path();
        boolean there = previous != null && watched.covers(previous);
        FileIdentity file = identity(event);
        if (here && previous != null && WatchedPaths.isAtOrBelow(previous, WatchedPaths.OWN)) {
            return of(observedAt, EventType.CREATED, path, null, file, null, overlap); // made complete, then put here
        }
        if (here && previous != null && !there) {
            return of(observedAt, EventType.MOVED_IN, path, null, file, null, overlap);
        }
        if (!here && there && from != null && previous != null) {
            return of(observedAt, EventType.MOVED_OUT, previous, null, identity(from), null, overlap);
        }
        @Nullable FileIdentity earlier = from == null ? null : identity(from);
        return here ? of(observedAt, word, path, previous, file, earlier, overlap) : Optional.empty();
    }

    private Optional<StreamEvent> of(
            long observedAt,
            String word,
            String path,
            @Nullable String previous,
            FileIdentity file,
            @Nullable FileIdentity earlier,
            Overlap overlap) {
        Place place = new Place(volume, path);
        if (Words.leavesFile(word)) {
            settling.told(place, file);
        } else {
            settling.gone(file);
        }
        if (file.directory() && previous != null) {
            settling.renamed(new Place(volume, previous), place);
        }
        @Nullable Place from = previous == null ? null : new Place(volume, previous);
        return Optional.of(new StreamEvent(observedAt, word, place, from, file, earlier, null, overlap));
    }

    /** The last two ids of a spine are the directory and the file; of what is directly in the root, the first may be left out. */
    private static FileIdentity identity(NotifyEvent event) {
        List<String> spine = event.spine();
        String file = spine.isEmpty() ? "" : spine.get(spine.size() - 1);
        String directory = "";
        if (spine.size() > 1) {
            directory = spine.get(spine.size() - 2);
        } else if (spine.size() == 1 && !event.path().contains("/")) {
            directory = FileRef.ROOT.text();
        }
        return new FileIdentity(file, directory, Words.isAboutDirectory(event.type()));
    }

    /** Adds the states that are wanted, each file's read once. */
    List<Observation> withStates(List<Observation> events) throws InterruptedException {
        Set<String> wanted = new LinkedHashSet<>();
        for (Observation observation : events) {
            if (observation instanceof StreamEvent event && isWanted(event)) {
                wanted.add(event.file().fileId());
            }
        }
        if (wanted.isEmpty()) {
            return events;
        }
        Map<String, FileAttributes> read = files.readPatiently(wanted);
        List<Observation> all = new ArrayList<>(events.size());
        for (Observation observation : events) {
            all.add(observation instanceof StreamEvent event && isWanted(event) ? with(event, read) : observation);
        }
        return all;
    }

    private boolean isWanted(StreamEvent event) {
        return Words.leavesFile(event.type())
                && !event.file().fileId().isEmpty()
                && interest.wants(event.type(), event.place().path());
    }

    private StreamEvent with(StreamEvent event, Map<String, FileAttributes> read) {
        FileAttributes file = read.get(event.file().fileId());
        return event.with(file == null ? null : files.stat(file));
    }
}
