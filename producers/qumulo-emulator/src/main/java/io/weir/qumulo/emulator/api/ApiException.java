package io.weir.qumulo.emulator.api;

import io.weir.qumulo.emulator.http.Answer;

/** A call that is refused for something else than the state of the file system. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String errorClass;
    private final String description;

    ApiException(int status, String errorClass, String description) {
        super(description);
        this.status = status;
        this.errorClass = errorClass;
        this.description = description;
    }

    /** A body or parameter that is not what it should be. */
    static ApiException undecodable(String description) {
        return new ApiException(400, "decode_error", description);
    }

    Answer answer() {
        return Answer.error(status, errorClass, description);
    }
}
