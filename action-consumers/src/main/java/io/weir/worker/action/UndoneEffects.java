package io.weir.worker.action;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.schemas.ActionResult;
import io.weir.schemas.marks.Journalled;
import io.weir.schemas.marks.MarkCodec;
import io.weir.worker.ActionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be reversed, as a request carries it: JSON in ASCII, an effect each, so that names keep their bytes. */
public final class UndoneEffects {
    private UndoneEffects() {}

    /** One effect as text. */
    public static String write(Journalled effect) {
        return new String(MarkCodec.encode(effect), US_ASCII);
    }

    /** All that a result tells of, in the order it was done. */
    public static List<String> of(ActionResult result) {
        return result.getEffects().stream()
                .flatMap(effect -> AppliedEffects.read(effect).stream())
                .map(UndoneEffects::write)
                .toList();
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
                effects.add(MarkCodec.decodeJournalled(String.valueOf(text).getBytes(UTF_8)));
            } catch (IOException e) {
                throw ActionException.refused("effects: '" + text + "' is no effect: " + e.getMessage());
            }
        }
        return effects;
    }
}
