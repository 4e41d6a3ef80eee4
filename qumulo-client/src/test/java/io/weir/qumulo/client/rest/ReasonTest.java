package io.weir.qumulo.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {
    @ParameterizedTest
    @CsvSource({
        "404, fs_no_such_entry_error, NOT_THERE",
        "400, fs_no_such_inode_error, NOT_THERE",
        "404, some_new_error, NOT_THERE",
        "404, '', NOT_THERE",
        "404, http_not_found_error, NOT_SUPPORTED",
        "405, '', NOT_SUPPORTED",
        "409, fs_entry_exists_error, EXISTS",
        "409, fs_directory_not_empty_error, NOT_EMPTY",
        "400, fs_directory_not_empty_error, NOT_EMPTY",
        "412, '', CHANGED",
        "400, fs_tag_mismatch_error, CHANGED",
        "409, fs_sharing_violation_error, IN_USE",
        "403, fs_access_denied_error, ACCESS_DENIED",
        "400, fs_access_perm_not_owner_error, ACCESS_DENIED",
        "403, '', ACCESS_DENIED",
        "403, http_unauthorized_error, PRIVILEGE_MISSING",
        "401, http_unauthorized_error, NOT_LOGGED_IN",
        "401, '', NOT_LOGGED_IN",
        "400, fs_no_space_error, NO_SPACE",
        "400, fs_quota_no_space_error, NO_SPACE",
        "503, '', UNAVAILABLE",
        "429, '', UNAVAILABLE",
        "400, decode_error, INVALID",
        "500, '', OTHER",
        "307, '', OTHER"
    })
    void theClassTellsAndElseTheStatus(int code, String errorClass, Reason reason) {
        assertThat(Reason.of(code, errorClass)).isEqualTo(reason);
    }
}
