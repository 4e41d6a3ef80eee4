package io.weir.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A client of Confluent's Schema Registry REST API, for Avro schemas. Safe for all threads; calls block until there is an
 * answer or the retries are used up. All calls throw {@link RegistryException}.
 *
 * <p>Cached for the life of the client: schemas by id, and ids by subject and schema. Never cached: the latest version,
 * versions, compatibility.
 */
public final class SchemaRegistryClient implements Closeable {
    private final RegistryConfig config;
    private final RegistryHttp http;
    private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final Map<String, Map<Schema, RegisteredSchema>> bySchema = new ConcurrentHashMap<>();
    private final Map<String, Map<Schema, Integer>> registered = new ConcurrentHashMap<>();

    /**
     * Reads the properties by Confluent's names; does not connect yet. Properties of others are passed over.
     *
     * @throws org.apache.kafka.common.config.ConfigException if one is missing or wrong
     */
    public SchemaRegistryClient(Map<String, ?> config) {
        this.config = RegistryConfig.of(config);
        this.http = new RegistryHttp(this.config);
    }

    /** Registers a schema, unless the subject has it; gives its id. */
    public int register(String subject, Schema schema) {
        Integer known = cache(registered, subject).get(schema);
        if (known != null) {
            return known;
        }
        String what = "register a schema under subject='" + subject + "'";
        JsonNode answer = http.send(what, "POST", List.of("subjects", subject, "versions"), "", body(schema));
        int id = id(what, answer);
        remember(cache(registered, subject), subject, schema, id);
        byId.put(id, schema);
        return id;
    }

    /**
     * Finds a schema under a subject.
     *
     * @throws RegistryException with error code 40401 if there is no such subject, 40403 if it does not have the schema
     */
    public RegisteredSchema lookup(String subject, Schema schema) {
        RegisteredSchema known = cache(bySchema, subject).get(schema);
        if (known != null) {
            return known;
        }
        String what = "look up a schema under subject='" + subject + "'";
        JsonNode answer = http.send(what, "POST", List.of("subjects", subject), "", body(schema));
        RegisteredSchema found =
                new RegisteredSchema(subject, answer.path("version").asInt(), id(what, answer), schema);
        remember(cache(bySchema, subject), subject, schema, found);
        byId.put(found.id(), schema);
        return found;
    }

    /** The schema that an id stands for. */
    public Schema byId(int id) {
        Schema known = byId.get(id);
        if (known != null) {
            return known;
        }
        String what = "read schema id=" + id;
        Schema schema = schema(what, http.send(what, "GET", List.of("schemas", "ids", Integer.toString(id)), "", null));
        byId.put(id, schema);
        return schema;
    }

    /**
     * The schema that an id stands for, in a record of a topic whose schemas are under the subject. A registry that knows
     * neither has lost its schemas, or is another one: it counts as unavailable, since the record is as good as ever.
     */
    public Schema byId(int id, String subject) {
        try {
            return byId(id);
        } catch (RegistryException e) {
            if (!e.isNotFound() || mayKnow(subject)) {
                throw e;
            }
            throw new RegistryException(
                    e.getMessage() + "; it does not know subject='" + subject
                            + "' either, so it has lost its schemas (in"
                            + " Apicurio Registry's memory they end with it), or is not the one that they were registered"
                            + " in; check schema.registry.url, restore its storage, or if it is to begin anew, run"
                            + " 'weir topics create' before anything else registers there",
                    0,
                    e.errorCode(),
                    e);
        }
    }

    /** Whoever may not ask for the subject learns nothing from that; then a damaged record must not be waited for. */
    private boolean mayKnow(String subject) {
        try {
            return hasVersions(subject);
        } catch (RegistryException e) {
            if (e.isRefusal()) {
                return true;
            }
            throw e;
        }
    }

    /** Whether a subject is there, with a version that is not deleted. Asks each time. */
    public boolean hasVersions(String subject) {
        try {
            return !versions(subject).isEmpty();
        } catch (RegistryException e) {
            if (e.isNotFound()) {
                return false;
            }
            throw e;
        }
    }

    /** The newest version of a subject. Asks each time. */
    public RegisteredSchema latest(String subject) {
        return version(subject, "latest");
    }

    /** One version of a subject. */
    public RegisteredSchema version(String subject, int version) {
        return version(subject, Integer.toString(version));
    }

    private RegisteredSchema version(String subject, String version) {
        String what = "read version=" + version + " of subject='" + subject + "'";
        JsonNode answer = http.send(what, "GET", List.of("subjects", subject, "versions", version), "", null);
        int id = id(what, answer);
        Schema schema = schema(what, answer);
        byId.putIfAbsent(id, schema);
        return new RegisteredSchema(subject, answer.path("version").asInt(), id, schema);
    }

    /** The versions of a subject that are not deleted, rising. */
    public List<Integer> versions(String subject) {
        return numbers(http.send(
                "list versions of subject='" + subject + "'",
                "GET",
                List.of("subjects", subject, "versions"),
                "",
                null));
    }

    /** All subjects that are not deleted. */
    public List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        http.send("list subjects", "GET", List.of("subjects"), "", null).forEach(s -> subjects.add(s.asText()));
        return List.copyOf(subjects);
    }

    /**
     * Why a schema could not become the subject's next version; empty if it could. A subject that does not exist yet takes
     * any schema.
     */
    public List<String> incompatibilities(String subject, Schema schema) {
        JsonNode answer;
        try {
            answer = http.send(
                    "check a schema against subject='" + subject + "'",
                    "POST",
                    List.of("compatibility", "subjects", subject, "versions", "latest"),
                    "verbose=true",
                    body(schema));
        } catch (RegistryException e) {
            if (e.isNotFound()) {
                return List.of();
            }
            throw e;
        }
        if (answer.path("is_compatible").asBoolean()) {
            return List.of();
        }
        List<String> reasons = new ArrayList<>();
        answer.path("messages").forEach(m -> reasons.add(m.asText()));
        return reasons.isEmpty() ? List.of("the registry gives no reason") : List.copyOf(reasons);
    }

    /** The registry's level for subjects without one of their own. */
    public Compatibility globalCompatibility() {
        return level(http.send("read the global compatibility level", "GET", List.of("config"), "", null))
                .orElse(Compatibility.NONE);
    }

    /** Sets the level for subjects without one of their own. */
    public void setGlobalCompatibility(Compatibility level) {
        http.send("set the global compatibility level", "PUT", List.of("config"), "", config(level));
    }

    /** The subject's own level, if it has one. (Apicurio Registry says NONE for a subject without.) */
    public Optional<Compatibility> compatibility(String subject) {
        try {
            return level(http.send(
                    "read the compatibility level of subject='" + subject + "'",
                    "GET",
                    List.of("config", subject),
                    "",
                    null));
        } catch (RegistryException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Gives a subject a level of its own; the subject need not exist yet. */
    public void setCompatibility(String subject, Compatibility level) {
        http.send(
                "set the compatibility level of subject='" + subject + "'",
                "PUT",
                List.of("config", subject),
                "",
                config(level));
    }

    /** Deletes all versions of a subject; permanently only what has been deleted before. Gives the versions. */
    public List<Integer> deleteSubject(String subject, boolean permanent) {
        forget(subject);
        return numbers(http.send(
                "delete subject='" + subject + "'",
                "DELETE",
                List.of("subjects", subject),
                permanent ? "permanent=true" : "",
                null));
    }

    /** Deletes one version of a subject; permanently only if it has been deleted before. */
    public void deleteVersion(String subject, int version, boolean permanent) {
        forget(subject);
        http.send(
                "delete version=" + version + " of subject='" + subject + "'",
                "DELETE",
                List.of("subjects", subject, "versions", Integer.toString(version)),
                permanent ? "permanent=true" : "",
                null);
    }

    private void forget(String subject) {
        bySchema.remove(subject);
        registered.remove(subject);
    }

    private static <V> Map<Schema, V> cache(Map<String, Map<Schema, V>> caches, String subject) {
        return caches.computeIfAbsent(subject, s -> new ConcurrentHashMap<>());
    }

    private <V> void remember(Map<Schema, V> cache, String subject, Schema schema, V value) {
        if (cache.size() >= config.schemasPerSubject()) {
            throw new IllegalStateException("subject='" + subject + "' has been used with " + cache.size()
                    + " different schemas, max.schemas.per.subject; reuse Schema objects rather than make them anew,"
                    + " or raise the limit");
        }
        cache.put(schema, value);
    }

    private static ObjectNode body(Schema schema) {
        return RegistryHttp.JSON.createObjectNode().put("schema", schema.toString());
    }

    private static ObjectNode config(Compatibility level) {
        return RegistryHttp.JSON.createObjectNode().put("compatibility", level.name());
    }

    private static Optional<Compatibility> level(JsonNode answer) {
        String text = answer.path("compatibilityLevel")
                .asText(answer.path("compatibility").asText(null));
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Compatibility.valueOf(text));
        } catch (IllegalArgumentException e) {
            throw unusable("read a compatibility level", "'" + RegistryHttp.abbreviated(text) + "' is none", e);
        }
    }

    private static int id(String what, JsonNode answer) {
        JsonNode id = answer.path("id");
        if (!id.canConvertToInt() || !id.isIntegralNumber()) {
            throw unusable(what, "the answer has no id of a schema", null);
        }
        return id.intValue();
    }

    private static List<Integer> numbers(JsonNode array) {
        List<Integer> numbers = new ArrayList<>();
        array.forEach(n -> numbers.add(n.asInt()));
        return List.copyOf(numbers);
    }

    private static Schema schema(String what, JsonNode answer) {
        String type = answer.path("schemaType").asText("AVRO");
        String text = answer.path("schema").asText(null);
        if (!type.equals("AVRO") || text == null) {
            throw unusable(what, "its type is " + type + "; expected AVRO", null);
        }
        if (!answer.path("references").isEmpty()) {
            throw unusable(what, "it refers to other schemas; expected one that is complete in itself", null);
        }
        try {
            // As lenient as the registry that took it: names and defaults are the writer's affair.
            return new Schema.Parser(NameValidator.NO_VALIDATION)
                    .setValidateDefaults(false)
                    .parse(text);
        } catch (AvroRuntimeException | ClassCastException | IllegalArgumentException | NullPointerException e) {
            // Besides SchemaParseException the parser throws what its code happens to meet.
            throw unusable(
                    what, "its text is not a schema: " + RegistryHttp.abbreviated(String.valueOf(e.getMessage())), e);
        }
    }

    private static RegistryException unusable(String what, String reason, @Nullable Exception cause) {
        return new RegistryException("cannot " + what + ": " + reason, 200, 200, cause);
    }

    /** Ends waits under way and drops connections; idempotent. */
    @Override
    public void close() {
        http.close();
    }
}
