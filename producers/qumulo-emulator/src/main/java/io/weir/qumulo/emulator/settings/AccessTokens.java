package io.weir.qumulo.emulator.settings;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Long-lived tokens, as the API makes them; a user has two at most. Safe for all threads. */
public final class AccessTokens {
    private static final int MOST = 2;

    private final Clock clock;
    private final SortedMap<String, AccessToken> byId = new TreeMap<>();
    private int made;

    /**
     * One of them.
     *
     * @param text what is sent with requests
     * @param expiration null: never
     */
    public record AccessToken(String id, String text, Instant created, @Nullable Instant expiration, boolean enabled) {
        /** With another expiration (null: never). */
        public AccessToken expiring(@Nullable Instant time) {
            return new AccessToken(id, text, created, time, enabled);
        }

        public AccessToken enabled(boolean on) {
            return new AccessToken(id, text, created, expiration, on);
        }
    }

    AccessTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes one.
     *
     * @param expiration null: never
     * @return nothing if the user has two already
     */
    public synchronized Optional<AccessToken> make(@Nullable Instant expiration) {
        if (byId.size() == MOST) {
            return Optional.empty();
        }
        String id = String.valueOf(++made);
        var token = new AccessToken(id, "access-v1:EMULATOR" + id + "==", clock.instant(), expiration, true);
        byId.put(id, token);
        return Optional.of(token);
    }

    public synchronized List<AccessToken> all() {
        return new ArrayList<>(byId.values());
    }

    public synchronized Optional<AccessToken> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Puts it in the place of the one with the same id. */
    public synchronized void replace(AccessToken token) {
        byId.replace(token.id(), token);
    }

    public synchronized void delete(String id) {
        byId.remove(id);
    }

    synchronized void clear() {
        byId.clear();
    }

    synchronized boolean isValid(String text) {
        return byId.values().stream()
                .anyMatch(token -> token.text().equals(text) && token.enabled() && !hasExpired(token));
    }

    private boolean hasExpired(AccessToken token) {
        Instant expiration = token.expiration();
        return expiration != null && !clock.instant().isBefore(expiration);
    }
}
