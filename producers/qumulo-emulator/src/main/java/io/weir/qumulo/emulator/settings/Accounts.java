package io.weir.qumulo.emulator.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one user, its password, its tokens and its privileges. Safe for all threads. */
public final class Accounts {
    /** How long a token of a login lives. */
    public static final Duration SESSION = Duration.ofHours(10);

    private final Clock clock;
    private final AccessTokens accessTokens;
    private final Map<String, Instant> tokens = new HashMap<>();
    private List<String> privileges = Privileges.ALL;
    private String name = "admin";
    private String password = "ok";
    private int logins;

    public Accounts(Clock clock) {
        this.clock = clock;
        this.accessTokens = new AccessTokens(clock);
    }

    public synchronized Accounts user(String userName, String userPassword) {
        name = userName;
        password = userPassword;
        return this;
    }

    public synchronized String name() {
        return name;
    }

    public synchronized List<String> privileges() {
        return privileges;
    }

    /** These and no others. */
    public synchronized Accounts privileges(Collection<String> names) {
        privileges = List.copyOf(names);
        return this;
    }

    /** Takes one away. */
    public synchronized Accounts withdraw(String privilege) {
        var rest = new ArrayList<>(privileges);
        rest.remove(privilege);
        return privileges(rest);
    }

    public synchronized boolean has(String privilege) {
        return privileges.contains(privilege);
    }

    /** Makes a token valid that does not expire, such as an access token. */
    public synchronized Accounts grant(String token) {
        tokens.put(token, Instant.MAX);
        return this;
    }

    public synchronized Accounts grant(String token, Instant expiry) {
        tokens.put(token, expiry);
        return this;
    }

    /** Those made through the API. */
    public AccessTokens accessTokens() {
        return accessTokens;
    }

    /** Makes all tokens invalid. */
    public synchronized void expireTokens() {
        tokens.clear();
        accessTokens.clear();
    }

    public synchronized boolean isValid(String token) {
        Instant expiry = tokens.get(token);
        return expiry == null ? accessTokens.isValid(token) : clock.instant().isBefore(expiry);
    }

    /** A new token for {@link #SESSION}, or nothing if user or password is wrong. */
    public synchronized Optional<String> logIn(String userName, String userPassword) {
        if (!userName.equals(name) || !userPassword.equals(password)) {
            return Optional.empty();
        }
        String token = "session-v1:EMULATOR" + ++logins;
        tokens.put(token, clock.instant().plus(SESSION));
        return Optional.of(token);
    }
}
