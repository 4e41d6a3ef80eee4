package io.weir.worker.action;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.schemas.marks.Journalled;
import io.weir.worker.ActionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be reversed, as a request carries it: JSON in ASCII, an effect each, so that names keep their bytes. */
public final class UndoneEffects {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .configure(JsonWriteFeature.ESCAPE_NON_ASCII, true)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private UndoneEffects() {}

    /** One effect as text. */
    public static String write(Journalled effect) {
        try {
            return JSON.writeValueAsString(effect);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what a request carries.
     *
     * @throws ActionException refused, if it is nothing of the kind
     */
    static List<Journalled> read(@Nullable Object parameter) throws ActionException {
        if (!(parameter instanceof List<?> texts)) {
            throw ActionException.refused("effects: expected a list of what is to be reversed");
        }
        List<Journalled> effects = new ArrayList<>();
        for (Object text : texts) {
            try {
                effects.add(JSON.readValue(String.valueOf(text), Journalled.class));
            } catch (IOException e) {
                throw ActionException.refused("effects: '" + text + "' is no effect: " + e.getMessage());
            }
        }
        return effects;
    }
}
