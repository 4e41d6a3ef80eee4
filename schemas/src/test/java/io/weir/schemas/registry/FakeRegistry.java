package io.weir.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;

/** A registry in memory for tests: registers, looks up, reads; and fails when told to. Compatibility is not its business. */
public final class FakeRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A request as it came. */
    public record Request(String line, Headers headers) {}

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Deque<Answer> scripted = new ArrayDeque<>();
    private final List<String> texts = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new HashMap<>();

    /** Starts on a free port of 127.0.0.1. */
    public FakeRegistry() {
        this(plain());
    }

    /** Serves on a server that is not started yet, for TLS. */
    FakeRegistry(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.start();
    }

    private static HttpServer plain() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The next request gets this answer, whatever it is; several queue up. */
    public synchronized void answerNext(int status, String body) {
        scripted.add(new Answer(status, body));
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Puts a schema under a subject as its latest version and gives its id. */
    public synchronized int put(String subject, Schema schema) {
        String text = schema.toString();
        if (!texts.contains(text)) {
            texts.add(text);
        }
        int id = texts.indexOf(text) + 1;
        List<Integer> ids = subjects.computeIfAbsent(subject, s -> new ArrayList<>());
        ids.remove((Integer) id);
        ids.add(id);
        return id;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(new Request(exchange.getRequestMethod() + " " + path, exchange.getRequestHeaders()));
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer =
                    answer(exchange.getRequestMethod(), path.substring(1).split("/", -1), body);
            byte[] bytes = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Answer answer(String method, String[] path, byte[] body) throws IOException {
        Answer next = scripted.poll();
        if (next != null) {
            return next;
        }
        if (path[0].equals("schemas")) {
            int id = Integer.parseInt(path[2]);
            return id > texts.size()
                    ? error(40403, "Schema " + id + " not found")
                    : new Answer(
                            200,
                            JSON.createObjectNode()
                                    .put("schema", texts.get(id - 1))
                                    .toString());
        }
        String subject = path[1];
        if (method.equals("GET")) {
            List<Integer> ids = subjects.getOrDefault(subject, List.of());
            return ids.isEmpty()
                    ? error(40401, "Subject '" + subject + "' not found.")
                    : version(subject, ids.get(ids.size() - 1));
        }
        JsonNode json = JSON.readTree(body);
        Schema schema = new Schema.Parser().parse(json.path("schema").asText());
        if (path.length == 3) {
            return new Answer(200, "{\"id\":" + put(subject, schema) + "}");
        }
        List<Integer> ids = subjects.get(subject);
        if (ids == null) {
            return error(40401, "Subject '" + subject + "' not found.");
        }
        int id = texts.indexOf(schema.toString()) + 1;
        return ids.contains(id) ? version(subject, id) : error(40403, "Schema not found");
    }

    private Answer version(String subject, int id) {
        return new Answer(
                200,
                JSON.createObjectNode()
                        .put("subject", subject)
                        .put(
                                "version",
                                1 + subjects.getOrDefault(subject, List.of()).indexOf(id))
                        .put("id", id)
                        .put("schema", texts.get(id - 1))
                        .toString());
    }

    private static Answer error(int code, String message) {
        return new Answer(
                code / 100,
                JSON.createObjectNode()
                        .put("error_code", code)
                        .put("message", message)
                        .toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
