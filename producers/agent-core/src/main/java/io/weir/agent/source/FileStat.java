package io.weir.agent.source;

/**
 * A file as a source read it, without following links.
 *
 * @param fileId {@code device:inode} in hexadecimal, or the Qumulo file id
 * @param kind {@code file}, {@code directory}, {@code link}, {@code fifo}, {@code socket}, {@code block-device},
 *     {@code character-device}
 * @param size bytes
 * @param mode permission bits with setuid, setgid and sticky, 0 to 07777
 * @param uid numeric owner; below zero where there is but a name
 * @param gid numeric group; below zero where there is but a name
 * @param linkCount hard links
 * @param mtime nanoseconds since 1970
 * @param ctime nanoseconds since 1970
 * @param btime nanoseconds since 1970, or -1 where the file system has none
 */
public record FileStat(
        String fileId,
        String kind,
        long size,
        int mode,
        long uid,
        long gid,
        long linkCount,
        long mtime,
        long ctime,
        long btime) {
    public boolean isDirectory() {
        return kind.equals("directory");
    }
}
