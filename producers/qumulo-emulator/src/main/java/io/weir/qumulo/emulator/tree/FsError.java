package io.weir.qumulo.emulator.tree;

/** The error classes of the file system that are emulated, with the HTTP status that goes with each. */
public enum FsError {
    NO_SUCH_ENTRY(404, "fs_no_such_entry_error"),
    NO_SUCH_INODE(404, "fs_no_such_inode_error"),
    NO_SUCH_PATH(404, "fs_no_such_path_error"),
    /** Its name is not in the documents. */
    NO_SUCH_SNAPSHOT(404, "fs_no_such_snapshot_error"),
    ENTRY_EXISTS(409, "fs_entry_exists_error"),
    DIRECTORY_NOT_EMPTY(409, "fs_directory_not_empty_error"),
    NOT_A_DIRECTORY(400, "fs_not_a_directory_error"),
    NOT_A_FILE(400, "fs_not_a_file_error"),
    INVALID_NAME(400, "fs_invalid_name_error"),
    NAME_SIZE(400, "fs_name_size_error"),
    READ_ONLY(400, "fs_read_only_error"),
    REVISION_MISMATCH(412, "fs_revision_mismatch_error"),
    METADATA_NOT_FOUND(404, "fs_user_metadata_key_not_found"),
    METADATA_EXISTS(409, "fs_user_metadata_key_already_exists"),
    MISSED_EVENTS(400, "fs_watcher_missed_events_error");

    private final int status;
    private final String wireName;

    FsError(int status, String wireName) {
        this.status = status;
        this.wireName = wireName;
    }

    public int status() {
        return status;
    }

    public String wireName() {
        return wireName;
    }

    public FileSystemException of(String description) {
        return new FileSystemException(this, description);
    }
}
