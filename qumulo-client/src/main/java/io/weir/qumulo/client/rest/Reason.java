package io.weir.qumulo.client.rest;

/** Why a call failed, as far as a caller decides by it. Where statuses and error classes disagree, the class tells. */
public enum Reason {
    /** The file, the directory above it, the snapshot or the key is not there. */
    NOT_THERE,
    /** There is one of that name already. */
    EXISTS,
    /** A directory that was to be deleted or replaced has entries. */
    NOT_EMPTY,
    /** It is no longer what {@code If-Match} names (412). */
    CHANGED,
    /** Somebody else has it open in a way that forbids this. */
    IN_USE,
    /** An access list, the owner, or a read-only place forbids it. */
    ACCESS_DENIED,
    /** The user lacks a privilege; the cluster's words may name it. */
    PRIVILEGE_MISSING,
    /** The cluster refused token or password (401). */
    NOT_LOGGED_IN,
    /** Neither the cluster nor a quota has room. */
    NO_SPACE,
    /** This release has no such call. */
    NOT_SUPPORTED,
    /** No endpoint gave an answer to act on; later one may. */
    UNAVAILABLE,
    /** The call asks for what cannot be: a bad name, a file where a directory is due. */
    INVALID,
    /** Anything else, also an answer that cannot be understood. */
    OTHER;

    /**
     * @param code HTTP status
     * @param errorClass empty where the answer had none
     */
    static Reason of(int code, String errorClass) {
        return switch (errorClass) {
            case "fs_no_such_entry_error",
                    "fs_no_such_inode_error",
                    "fs_no_such_path_error",
                    "fs_no_such_snapshot_error",
                    "fs_user_metadata_key_not_found" -> NOT_THERE;
            case "fs_entry_exists_error", "fs_user_metadata_key_already_exists" -> EXISTS;
            case "fs_directory_not_empty_error" -> NOT_EMPTY;
            case "fs_revision_mismatch_error", "fs_tag_mismatch_error" -> CHANGED;
            case "fs_sharing_violation_error" -> IN_USE;
            case "fs_access_denied_error", "fs_access_perm_not_owner_error", "fs_read_only_error" -> ACCESS_DENIED;
            case "fs_no_space_error", "fs_quota_no_space_error" -> NO_SPACE;
            case "http_unauthorized_error" -> code == 401 ? NOT_LOGGED_IN : PRIVILEGE_MISSING;
            default -> ofStatus(code, errorClass);
        };
    }

    private static Reason ofStatus(int code, String errorClass) {
        return switch (code) {
            case 400 -> INVALID;
            case 401 -> NOT_LOGGED_IN;
            case 403 -> ACCESS_DENIED;
            case 404 -> errorClass.startsWith("http_") ? NOT_SUPPORTED : NOT_THERE;
            case 405, 501 -> NOT_SUPPORTED;
            case 409 -> EXISTS;
            case 412 -> CHANGED;
            case 507 -> NO_SPACE;
            case 0, 429, 502, 503, 504 -> UNAVAILABLE;
            default -> OTHER;
        };
    }
}
