package io.weir.qumulo.emulator.tree;

/** Kinds of files, as the API spells them with {@code FS_FILE_TYPE_} before. */
public enum FileType {
    FILE,
    DIRECTORY,
    SYMLINK,
    UNIX_PIPE,
    UNIX_CHARACTER_DEVICE,
    UNIX_BLOCK_DEVICE,
    UNIX_SOCKET;

    public String wireName() {
        return "FS_FILE_TYPE_" + name();
    }
}
