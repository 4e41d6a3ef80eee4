package io.weir.worker.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the marks of one volume lie: what its agent watches. Named in messages by its text. Safe for all threads. */
public interface MarkFolder {
    /**
     * A directory on this host. Made if it is not there.
     *
     * @param worker no other running worker's id
     */
    static MarkFolder onHost(Path directory, String worker) throws IOException {
        return new HostMarkFolder(directory, worker);
    }

    /** The names that are there, in any order; among them names that are no marks. */
    List<String> names() throws IOException;

    /** Whether a name is there. */
    boolean has(String name);

    /** A file's bytes; empty if there is none. */
    Optional<byte[]> read(String name) throws IOException;

    /** Puts a file there, whole, in place of one of this name. */
    void put(String name, byte[] content) throws IOException;

    /**
     * Puts a file there, whole, and never replaces one: the name may just have been taken by a worker that is believed dead
     * and goes on.
     *
     * @throws io.weir.posix.PosixException EEXIST if it is taken
     */
    void putNew(String name, byte[] content) throws IOException;
}
