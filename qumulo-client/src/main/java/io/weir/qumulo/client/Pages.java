package io.weir.qumulo.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.weir.qumulo.client.rest.ApiAnswer;
import io.weir.qumulo.client.rest.ApiRequest;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.RestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list that the cluster gives in pages; each is asked for when it is wanted, so that memory holds one. For one thread.
 *
 * @param <T> what is listed
 */
public final class Pages<T> {
    private final RestClient rest;
    private final String field;
    private final Function<JsonNode, T> reader;
    private @Nullable ApiRequest next;

    /** @param field of the answer, that holds the array */
    Pages(RestClient rest, ApiRequest first, String field, Function<JsonNode, T> reader) {
        this.rest = rest;
        this.field = field;
        this.reader = reader;
        this.next = first.withLongAnswer();
    }

    /**
     * The next page, which may hold nothing and yet not be the last; empty after that.
     *
     * @throws QumuloException also if what is listed has been deleted meanwhile; the same page may be asked for again
     */
    public Optional<List<T>> next() throws QumuloException {
        ApiRequest request = next;
        if (request == null) {
            return Optional.empty();
        }
        ApiAnswer answer = rest.json(request);
        List<T> page = answer.read(request, this::page);
        next = answer.read(request, json -> following(request, json));
        return Optional.of(page);
    }

    /** All that is left, in memory. */
    public List<T> rest() throws QumuloException {
        var all = new ArrayList<T>();
        for (Optional<List<T>> page = next(); page.isPresent(); page = next()) {
            all.addAll(page.get());
        }
        return all;
    }

    private List<T> page(JsonNode json) {
        JsonNode array = json.path(field);
        if (!array.isArray()) {
            throw new IllegalArgumentException(field + ": expected an array");
        }
        var page = new ArrayList<T>(array.size());
        array.forEach(element -> page.add(reader.apply(element)));
        return page;
    }

    /** What {@code paging.next} names, as it is; nothing, null and an empty text all mean that there is no more. */
    private static @Nullable ApiRequest following(ApiRequest request, JsonNode json) {
        String target = json.path("paging").path("next").asText("");
        if (target.isEmpty() || target.equals("null")) {
            return null;
        }
        String below = target.startsWith("/api/") ? target.substring("/api".length()) : target;
        if (!below.startsWith("/v")) {
            throw new IllegalArgumentException("paging.next='" + target + "': expected a path of the API");
        }
        if (below.equals(request.target())) {
            throw new IllegalArgumentException("paging.next='" + target + "': it is the page that was asked for");
        }
        return ApiRequest.get(below).withLongAnswer();
    }
}
