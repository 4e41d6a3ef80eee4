package io.weir.agent.qumulo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A node of a cluster, as far as logging in and the checks go. Routes on the raw path, since a file's path is one segment
 * with its slashes encoded.
 */
final class ClusterEmulator implements AutoCloseable {
    static final String WHO_AM_I = "/v1/session/who-am-i";
    static final String VERSION = "/v1/version";
    static final String NOTIFY = "/v1/file-system/settings/notify";
    private static final JsonMapper JSON = new JsonMapper();

    /** An answer to give instead of the usual one. */
    record Canned(int code, String body, Map<String, String> headers) {
        static Canned of(int code, String body) {
            return new Canned(code, body, Map.of());
        }
    }

    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    final Set<String> tokens = Collections.synchronizedSet(new HashSet<>());
    final Map<String, Canned> always = new ConcurrentHashMap<>();
    private final Queue<Canned> next = new ArrayDeque<>();
    private final Map<String, String> types = new ConcurrentHashMap<>(Map.of("/", "DIRECTORY"));
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private int logins;

    private ClusterEmulator(@Nullable TestCertificate certificate) throws IOException, GeneralSecurityException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (certificate == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
            server = https;
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static ClusterEmulator http() throws IOException, GeneralSecurityException {
        return new ClusterEmulator(null);
    }

    static ClusterEmulator https(TestCertificate certificate) throws IOException, GeneralSecurityException {
        return new ClusterEmulator(certificate);
    }

    URI uri() {
        String scheme = server instanceof HttpsServer ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Answers the next requests so, whatever they are. */
    synchronized void answerNext(int times, Canned answer) {
        for (int i = 0; i < times; i++) {
            next.add(answer);
        }
    }

    void directory(String path) {
        types.put(path, "DIRECTORY");
    }

    void file(String path) {
        types.put(path, "FILE");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getRawPath();
            if (path.startsWith("/api/")) {
                path = path.substring("/api".length());
            }
            String call = exchange.getRequestMethod() + " " + path;
            requests.add(call);
            Canned answer = answer(exchange, call, path, body);
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0) {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
            }
            exchange.sendResponseHeaders(answer.code(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Canned answer(HttpExchange exchange, String call, String path, byte[] body)
            throws IOException {
        Canned canned = next.poll();
        if (canned == null) {
            canned = always.get(path);
        }
        if (canned != null) {
            return canned;
        }
        if (call.equals("POST /v1/session/login")) {
            return logIn(JSON.readTree(body));
        }
        if (call.equals("GET " + VERSION)) {
            return Canned.of(
                    200,
                    "{\"revision_id\":\"Qumulo Core 7.9.2.3\",\"build_id\":\"1.1.1\",\"flavor\":\"release\","
                            + "\"build_date\":\"2026-01-01T00:00:00Z\"}");
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (authorization == null
                || !authorization.startsWith("Bearer ")
                || !tokens.contains(authorization.substring("Bearer ".length()))) {
            return Canned.of(401, "");
        }
        return authorized(call);
    }

    private Canned logIn(JsonNode login) {
        if (login.path("username").asText().equals("admin")
                && login.path("password").asText().equals("päß \"wört\"")) {
            String token = "session-v1:EMULATOR" + ++logins;
            tokens.add(token);
            return Canned.of(200, "{\"bearer_token\":\"" + token + "\"}");
        }
        return error(401, "http_unauthorized_error", "Incorrect username or password");
    }

    private Canned authorized(String call) {
        return switch (call) {
            case "GET " + WHO_AM_I ->
                whoAmI(List.of(
                        "PRIVILEGE_FILE_READ_ACCESS",
                        "PRIVILEGE_SNAPSHOT_READ",
                        "PRIVILEGE_SNAPSHOT_WRITE",
                        "PRIVILEGE_SNAPSHOT_DIFFERENCE_READ"));
            case "GET " + NOTIFY -> Canned.of(200, "{\"recursive_mode\":\"ENABLED\"}");
            case "GET /v1/node/state" ->
                Canned.of(
                        200,
                        "{\"node_id\":1,\"state\":\"ACTIVE\",\"cluster_id\":\"11111111-2222-3333-4444-555555555555\"}");
            default -> attributes(call);
        };
    }

    private Canned attributes(String call) {
        for (Map.Entry<String, String> entry : types.entrySet()) {
            String segment = FileRef.path(entry.getKey()).segment();
            if (call.equals("GET /v1/files/" + segment + "/info/attributes")) {
                return Canned.of(200, "{\"id\":\"2\",\"type\":\"FS_FILE_TYPE_" + entry.getValue() + "\"}");
            }
        }
        return error(404, "fs_no_such_entry_error", "nope");
    }

    static Canned whoAmI(List<String> privileges) {
        return Canned.of(
                200,
                "{\"id\":\"500\",\"name\":\"admin\",\"primary_group\":\"513\",\"sid\":\"S-1-5-21-1-1-1-500\","
                        + "\"uid\":\"\",\"home_directory\":\"\",\"can_change_password\":true,\"privileges\":[\""
                        + String.join("\",\"", privileges) + "\"]}");
    }

    static Canned error(int code, String errorClass, String description) {
        return Canned.of(
                code,
                "{\"description\":\"" + description + "\",\"module\":\"emulator\",\"error_class\":\"" + errorClass
                        + "\",\"user_visible\":true,\"stack\":[]}");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
