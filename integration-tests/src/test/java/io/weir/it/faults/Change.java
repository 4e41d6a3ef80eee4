package io.weir.it.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * One change from outside, of a file that is changed by nobody else; exactly one action answers it.
 *
 * @param kind what is done, and what answers it
 * @param path within the volume
 * @param at {@link System#nanoTime} when it had been made
 */
record Change(Kind kind, String path, long at) {
    /** Kinds of changes, by the ids of the rules that answer them. */
    enum Kind {
        /** A file that is taken into quarantine. */
        TAKE("take"),
        /** A file that is moved to where the next rule would move it back. */
        PING("ping"),
        PONG("pong"),
        /** Another mode, which is set back: a change like the one that is answered. */
        LOCK("lock");

        private final String rule;

        Kind(String rule) {
            this.rule = rule;
        }

        String rule() {
            return rule;
        }

        /** Of the events by which it is told. */
        String eventType() {
            return this == LOCK ? "attributes-changed" : "written";
        }
    }

    private static final String OPEN = "rw-rw-rw-";
    private static final String LOCKED = "rw-r-----";

    /** Makes the file of a change to come. */
    static void prepare(Path volume, String path) throws IOException {
        Path file = Files.createFile(volume.resolve(path.substring(1)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(LOCKED));
    }

    static Change make(Path volume, Kind kind, String path) {
        try {
            Path file = volume.resolve(path.substring(1));
            if (kind == Kind.LOCK) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OPEN));
            } else {
                Files.writeString(file, path);
            }
            return new Change(kind, path, System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the action has been carried out, as seen on the disk. */
    boolean isAnswered(Path volume) {
        try {
            Path file = volume.resolve(path.substring(1));
            return kind == Kind.LOCK
                    ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                            .equals(LOCKED)
                    : Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the file is when the action has been carried out. */
    String endsAt() {
        String name = path.substring(path.lastIndexOf('/'));
        return switch (kind) {
            case TAKE -> "/.taken" + path;
            case PING -> "/pong" + name;
            case PONG -> "/ping" + name;
            case LOCK -> path;
        };
    }
}
