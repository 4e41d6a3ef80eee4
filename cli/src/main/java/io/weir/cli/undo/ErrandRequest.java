package io.weir.cli.undo;

import io.weir.schemas.topic.Causation;
import io.weir.schemas.topic.Errand;
import java.util.Set;

/**
 * An errand, and what it has to wait for.
 *
 * @param touched what it touches: ids of files, and paths. Errands that share one are done one after another
 * @param cause the headers of what the action caused that it is about
 */
public record ErrandRequest(Errand errand, Set<String> touched, Causation cause) {
    public ErrandRequest {
        touched = Set.copyOf(touched);
    }

    /** For people: {@code web:/in/a.zip}. */
    String place() {
        return errand.volume() + ":" + errand.path();
    }
}
