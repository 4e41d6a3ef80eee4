package io.weir.cli.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From HTTP to the registry's calls and back: routes, query, bodies, errors as JSON. */
final class RegistryHandler implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryHandler.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int BODY_LIMIT = 4 << 20;

    private final RegistryApi api;

    RegistryHandler(RegistryApi api) {
        this.api = api;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT + 1);
            int status = 200;
            String answer;
            try {
                answer = new Call(exchange, body).route();
            } catch (ApiError e) {
                status = e.status();
                answer = error(e);
            } catch (EmbeddedException e) {
                status = 500;
                answer = error(ApiError.store(String.valueOf(e.getMessage())));
            } catch (RuntimeException e) {
                LOG.warn("Request {} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                status = 500;
                answer = error(ApiError.store(e.toString()));
            }
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", TYPE);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String error(ApiError e) {
        return JSON.createObjectNode()
                .put("error_code", e.code())
                .put("message", e.getMessage())
                .toString();
    }

    /** One request. */
    private final class Call {
        private final String method;
        private final List<String> path = new ArrayList<>();
        private final Map<String, String> query = new HashMap<>();
        private final byte[] body;

        Call(HttpExchange exchange, byte[] body) {
            this.method = exchange.getRequestMethod();
            this.body = body;
            for (String segment : exchange.getRequestURI().getRawPath().split("/", -1)) {
                if (!segment.isEmpty()) {
                    path.add(decode(segment));
                }
            }
            String raw = exchange.getRequestURI().getRawQuery();
            for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                query.put(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "true" : decode(pair.substring(equals + 1)));
            }
        }

        private String decode(String text) {
            try {
                return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
            } catch (IllegalArgumentException e) {
                throw ApiError.badRequest("malformed address: " + e.getMessage());
            }
        }

        private boolean flag(String name) {
            return Boolean.parseBoolean(query.getOrDefault(name, "false"));
        }

        private JsonNode json() {
            if (body.length > BODY_LIMIT) {
                throw ApiError.badRequest("the body is longer than " + BODY_LIMIT + " bytes");
            }
            try {
                JsonNode node = JSON.readTree(body);
                if (node.isObject()) {
                    return node;
                }
            } catch (JsonProcessingException e) {
                throw ApiError.badRequest("the body is not JSON: " + e.getOriginalMessage());
            } catch (IOException e) {
                throw ApiError.badRequest("the body is not JSON: " + e.getMessage());
            }
            throw ApiError.badRequest("the body is not a JSON object");
        }

        String route() {
            return switch (path.isEmpty() ? "" : path.get(0)) {
                case "" -> only("GET", "{}");
                case "subjects" -> subjects();
                case "schemas" -> schemas();
                case "compatibility" -> compatibility();
                case "config" -> config();
                case "mode" -> only("GET", "{\"mode\":\"READWRITE\"}");
                default -> throw ApiError.noRoute();
            };
        }

        private String only(String allowed, String answer) {
            if (!method.equals(allowed)) {
                throw ApiError.noMethod();
            }
            return answer;
        }

        private String subjects() {
            boolean deleted = flag("deleted");
            if (path.size() == 1) {
                only("GET", "");
                return api.subjects(deleted, query.getOrDefault("subjectPrefix", ""))
                        .toString();
            }
            String subject = path.get(1);
            if (path.size() == 2) {
                return switch (method) {
                    case "POST" -> api.lookup(subject, json(), deleted).toString();
                    case "DELETE" ->
                        api.deleteSubject(subject, flag("permanent")).toString();
                    default -> throw ApiError.noMethod();
                };
            }
            if (!path.get(2).equals("versions")) {
                throw ApiError.noRoute();
            }
            return versions(subject, deleted);
        }

        private String versions(String subject, boolean deleted) {
            if (path.size() == 3) {
                return switch (method) {
                    case "GET" -> api.versions(subject, deleted).toString();
                    case "POST" -> api.register(subject, json()).toString();
                    default -> throw ApiError.noMethod();
                };
            }
            String version = path.get(3);
            if (path.size() == 4) {
                return switch (method) {
                    case "GET" -> api.version(subject, version, deleted).toString();
                    case "DELETE" ->
                        api.deleteVersion(subject, version, flag("permanent")).toString();
                    default -> throw ApiError.noMethod();
                };
            }
            return switch (path.get(4)) {
                case "schema" -> only("GET", api.versionText(subject, version, deleted));
                case "referencedby" -> only("GET", "[]");
                default -> throw ApiError.noRoute();
            };
        }

        private String schemas() {
            only("GET", "");
            boolean deleted = flag("deleted");
            if (path.size() == 1) {
                String prefix = query.getOrDefault("subjectPrefix", "");
                return api.schemas(deleted, prefix, flag("latestOnly")).toString();
            }
            if (path.size() == 2 && path.get(1).equals("types")) {
                return "[\"AVRO\"]";
            }
            if (path.size() < 3 || !path.get(1).equals("ids")) {
                throw ApiError.noRoute();
            }
            int id = id(path.get(2));
            return switch (path.size() == 3 ? "" : path.get(3)) {
                case "" -> api.byId(id).toString();
                case "schema" -> api.textById(id);
                case "versions" -> api.versionsById(id, deleted).toString();
                case "subjects" -> api.subjectsById(id, deleted).toString();
                default -> throw ApiError.noRoute();
            };
        }

        private int id(String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw ApiError.noRoute();
            }
        }

        private String compatibility() {
            if (path.size() < 4
                    || !path.get(1).equals("subjects")
                    || !path.get(3).equals("versions")) {
                throw ApiError.noRoute();
            }
            only("POST", "");
            String version = path.size() == 4 ? "" : path.get(4);
            return api.check(path.get(2), version, json(), flag("verbose")).toString();
        }

        private String config() {
            Optional<String> subject = path.size() == 1 ? Optional.empty() : Optional.of(path.get(1));
            return switch (method) {
                case "GET" ->
                    subject.map(s -> api.level(s, flag("defaultToGlobal")))
                            .orElseGet(api::globalLevel)
                            .toString();
                case "PUT" -> api.putLevel(subject, json()).toString();
                case "DELETE" -> api.deleteLevel(subject).toString();
                default -> throw ApiError.noMethod();
            };
        }
    }
}
