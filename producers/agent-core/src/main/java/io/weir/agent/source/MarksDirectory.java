package io.weir.agent.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A volume's marks directory. Any thread. */
public interface MarksDirectory {
    /** The names that lie there, without temporary ones. */
    List<String> names() throws IOException;

    /** A file's bytes; empty if there is none. */
    Optional<byte[]> read(String name) throws IOException;

    /** What tells a file from another that is put there later under the same name; empty if there is none. */
    Optional<String> identity(String name) throws IOException;

    /** Puts a file there as workers do: complete under a temporary name, then renamed. */
    void put(String name, byte[] content) throws IOException;

    /** Deletes a file, if it is there. */
    void delete(String name) throws IOException;
}
