package io.weir.qumulo.client;

/** What a file is. */
public enum FileKind {
    FILE,
    DIRECTORY,
    SYMLINK,
    UNIX_PIPE,
    UNIX_CHARACTER_DEVICE,
    UNIX_BLOCK_DEVICE,
    UNIX_SOCKET,
    /** A word that is not known here. */
    UNKNOWN;

    private static final String PREFIX = "FS_FILE_TYPE_";

    /** As the API spells it, such as {@code FS_FILE_TYPE_DIRECTORY}. */
    public String wireName() {
        return PREFIX + name();
    }

    static FileKind of(String wireName) {
        for (FileKind kind : values()) {
            if (kind.wireName().equals(wireName)) {
                return kind;
            }
        }
        return UNKNOWN;
    }
}
