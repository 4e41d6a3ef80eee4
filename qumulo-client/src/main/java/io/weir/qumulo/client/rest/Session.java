package io.weir.qumulo.client.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weir.qumulo.client.rest.ApiRequest.Effect;
import io.weir.qumulo.client.rest.QumuloException.Told;
import org.jspecify.annotations.Nullable;

/** Holds the bearer token, and gets a new one when the cluster has refused it. Safe for all threads. */
final class Session {
    private final Credentials credentials;
    private final RestTransport transport;
    private @Nullable String token;

    Session(Credentials credentials, RestTransport transport) {
        this.credentials = credentials;
        this.transport = transport;
    }

    /** The token in use; reads the file or logs in if there is none yet. */
    synchronized String token() throws QumuloException {
        String known = token;
        if (known == null) {
            known = fetch();
            token = known;
        }
        return known;
    }

    /**
     * A token other than the refused one. Of many callers with the same refused token, one logs in.
     *
     * @throws QumuloException if the token file still holds the refused one, or the login fails
     */
    synchronized String renew(String refused) throws QumuloException {
        if (token != null && !token.equals(refused)) {
            return token;
        }
        String fresh = fetch();
        if (fresh.equals(refused) && credentials instanceof Credentials.TokenFile file) {
            throw new QumuloException(
                    "the cluster refused the token of file='" + file.file() + "': it has expired, was revoked or is of"
                            + " another cluster; try a new one: 'qq auth_create_access_token'",
                    Reason.NOT_LOGGED_IN,
                    new Told(401, "", ""),
                    false,
                    null);
        }
        token = fresh;
        return fresh;
    }

    private String fetch() throws QumuloException {
        if (credentials instanceof Credentials.UserPassword user) {
            return logIn(user);
        }
        return SecretFile.token(((Credentials.TokenFile) credentials).file());
    }

    private String logIn(Credentials.UserPassword user) throws QumuloException {
        ApiRequest request = ApiRequest.of("POST", "/v1/session/login", Effect.READS, body(user));
        ApiAnswer answer = transport.send(request, null, SendGuard.NONE);
        String fresh = answer.json().path("bearer_token").asText("");
        if (answer.isSuccess() && !fresh.isEmpty()) {
            return fresh;
        }
        QumuloException failure = answer.failure(request);
        if (answer.code() != 401) {
            throw failure;
        }
        throw new QumuloException(
                "login failed: user='" + user.user() + "' at cluster='" + answer.endpoint() + "': "
                        + (failure.description().isEmpty() ? "HTTP 401" : failure.description())
                        + "; try another --user, or the password in file='" + user.file() + "'",
                Reason.NOT_LOGGED_IN,
                answer.told(),
                false,
                null);
    }

    private static JsonNode body(Credentials.UserPassword user) throws QumuloException {
        return JsonNodeFactory.instance
                .objectNode()
                .put("username", user.user())
                .put("password", SecretFile.password(user.file()));
    }
}
