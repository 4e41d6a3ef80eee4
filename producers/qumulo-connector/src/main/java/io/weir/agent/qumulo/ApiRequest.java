package io.weir.agent.qumulo;

import org.jspecify.annotations.Nullable;

/**
 * A call that may be repeated.
 *
 * @param method GET or POST
 * @param target encoded path and query below the endpoint, such as {@code /v1/version}
 * @param json body, or null
 */
record ApiRequest(String method, String target, @Nullable String json) {
    static ApiRequest get(String target) {
        return new ApiRequest("GET", target, null);
    }

    /** Without the body, which holds the password at a login. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
