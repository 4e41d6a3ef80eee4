package io.weir.qumulo.client.rest;

import java.nio.file.Path;

/** How a client proves who it is. Holds the names of files, never secrets. */
public sealed interface Credentials {
    /** The file that holds the secret. */
    Path file();

    /** Whether others than the owner can read that file. */
    default boolean isExposed() {
        return SecretFile.isExposed(file());
    }

    /**
     * An access token made by {@code qq auth_create_access_token}: preferred, since it outlives a session's ten hours.
     *
     * @param file holds the token alone, or the JSON that {@code qq} writes, with a field {@code bearer_token}
     */
    record TokenFile(Path file) implements Credentials {}

    /**
     * A user who logs in for a session, and again whenever that has ended.
     *
     * @param user user name
     * @param file holds the password; one line end after it is dropped
     */
    record UserPassword(String user, Path file) implements Credentials {
        public UserPassword {
            if (user.isBlank()) {
                throw new IllegalArgumentException("user='" + user + "': expected a name; try --user");
            }
        }
    }
}
