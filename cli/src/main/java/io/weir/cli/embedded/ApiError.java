package io.weir.cli.embedded;

/** An answer that is an error, with Confluent's codes and wording. */
final class ApiError extends RuntimeException {
    private final int status;
    private final int code;

    private ApiError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    static ApiError noRoute() {
        return new ApiError(404, 404, "HTTP 404 Not Found");
    }

    static ApiError noMethod() {
        return new ApiError(405, 405, "HTTP 405 Method Not Allowed");
    }

    static ApiError badRequest(String message) {
        return new ApiError(400, 400, message);
    }

    static ApiError noSubject(String subject) {
        return new ApiError(404, 40401, "Subject '" + subject + "' not found.");
    }

    static ApiError noVersion(String version) {
        return new ApiError(404, 40402, "Version " + version + " not found.");
    }

    static ApiError noSchema() {
        return new ApiError(404, 40403, "Schema not found");
    }

    static ApiError noSchema(int id) {
        return new ApiError(404, 40403, "Schema " + id + " not found");
    }

    static ApiError subjectSoftDeleted(String subject) {
        return new ApiError(
                404, 40404, "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
    }

    static ApiError subjectNotSoftDeleted(String subject) {
        return new ApiError(
                404, 40405, "Subject '" + subject + "' was not deleted first before being permanently deleted");
    }

    static ApiError versionSoftDeleted(String subject, int version) {
        return new ApiError(
                404,
                40406,
                "Subject '" + subject + "' Version " + version
                        + " was soft deleted. Set permanent=true to delete permanently");
    }

    static ApiError versionNotSoftDeleted(String subject, int version) {
        return new ApiError(
                404,
                40407,
                "Subject '" + subject + "' Version " + version
                        + " was not deleted first before being permanently deleted");
    }

    static ApiError noLevel(String subject) {
        return new ApiError(
                404, 40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static ApiError invalidSchema(String reason) {
        return new ApiError(422, 42201, "Invalid schema: " + reason);
    }

    static ApiError invalidVersion(String version) {
        return new ApiError(
                422,
                42202,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
    }

    static ApiError invalidLevel() {
        return new ApiError(
                422,
                42203,
                "Invalid compatibility level. Valid values are none, backward, forward, full, "
                        + "backward_transitive, forward_transitive, and full_transitive");
    }

    static ApiError incompatible(String subject, String reasons) {
        return new ApiError(
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                        + "\", details: " + reasons);
    }

    static ApiError store(String message) {
        return new ApiError(500, 50001, "Error in the backend data store: " + message);
    }
}
