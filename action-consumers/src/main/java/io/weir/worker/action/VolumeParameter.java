package io.weir.worker.action;

import io.weir.rules.action.ActionType.Parameter;
import io.weir.rules.action.ActionType.Shape;
import io.weir.schemas.topic.VolumeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An optional parameter that names a volume.
 *
 * @param name its key
 * @param summary for people
 */
record VolumeParameter(String name, String summary) {
    /** As the module declares it. */
    Parameter declaration() {
        return new Parameter(name, Shape.TEXT, false, summary);
    }

    /** As the rule has it; empty if it does not say. */
    Optional<String> of(Map<String, Object> parameters) {
        return Optional.ofNullable(parameters.get(name)).map(Object::toString);
    }

    /** What can be said against it. */
    List<String> faults(Map<String, Object> parameters) {
        return of(parameters)
                .filter(volume -> !VolumeName.isValid(volume))
                .map(volume -> List.of(name + "='" + volume
                        + "': expected the name of a volume, 1 to 63 of a-z, 0-9 and '-', without placeholders"))
                .orElse(List.of());
    }
}
