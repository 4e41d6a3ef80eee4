package io.weir.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The files of one volume, by paths absolute within it (reversible text form). Nothing here follows a symbolic link or
 * leaves the volume's root, whoever changes the tree meanwhile.
 */
public interface VolumeFiles {
    String volume();

    /** Where the volume is mounted on this host. */
    Path root();

    /** What is at a path now; empty if nothing is, or if a directory on the way to it is missing or a link. */
    Optional<Entry> find(String path) throws IOException;

    /**
     * Moves a file, or a directory with all below it; never replaces anything.
     *
     * @param fileId what must be at {@code from} at the last moment
     */
    Step move(String from, String to, String fileId);

    /** Sets the permission bits, 0 to 07777. */
    Step setMode(String path, String fileId, int mode);

    /**
     * Makes those directories on the way to a path (the last component excluded) that are not there.
     *
     * @param mode of the new directories
     * @return a step for each that is missing now; empty if none is
     */
    List<Step> makeParents(String path, int mode) throws IOException;

    /**
     * An entry of the volume.
     *
     * @param path absolute within the volume
     * @param fileId {@code device:inode} in hexadecimal, as in {@code FileState}
     * @param kind as in {@code FileState}: file, directory, link …
     * @param mode permission bits, 0 to 07777
     * @param birthNanos nanoseconds since 1970, or -1 where the file system has none
     */
    record Entry(String path, String fileId, String kind, int mode, long birthNanos) {}
}
