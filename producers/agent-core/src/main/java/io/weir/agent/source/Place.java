package io.weir.agent.source;

import io.weir.schemas.topic.Keys;
import org.jspecify.annotations.Nullable;

/**
 * A path on a volume.
 *
 * @param volume volume name
 * @param path absolute within the volume, in the reversible text form of {@code PathText}; no trailing slash but for
 *     {@code /}
 */
public record Place(String volume, String path) {
    /** Whether a place is another, or lies anywhere below it. */
    public static boolean isAtOrBelow(Place place, Place directory) {
        String path = place.path();
        int length = directory.path().length();
        return place.volume().equals(directory.volume())
                && (length == 1
                        || (path.startsWith(directory.path())
                                && (path.length() == length || path.charAt(length) == '/')));
    }

    /** Where a place at or below a directory is, once that is elsewhere. */
    public static Place relocated(Place place, Place directory, Place to) {
        String below = place.path()
                .substring(directory.path().equals("/") ? 0 : directory.path().length());
        String path = to.path().equals("/") ? below : to.path() + below;
        return new Place(to.volume(), path.isEmpty() ? "/" : path);
    }

    /** What has this name in this directory. */
    public Place child(String name) {
        return new Place(volume, path.equals("/") ? "/" + name : path + "/" + name);
    }

    /** The directory that it is in. */
    public Place parent() {
        return new Place(volume, Keys.parent(path));
    }

    // Asked several times for each event. What a record brings goes through method handles, which only C2 makes fast.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Place place && path.equals(place.path) && volume.equals(place.volume);
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + volume.hashCode();
    }
}
