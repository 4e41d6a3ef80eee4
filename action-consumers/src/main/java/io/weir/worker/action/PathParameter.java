package io.weir.worker.action;

import io.weir.worker.files.VolumePath;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be said of a path parameter before an event fills it in. */
final class PathParameter {
    /** Placeholders that stand for absolute paths. */
    private static final List<String> PATHS = List.of("{event.directory}", "{event.path}", "{event.previous-path}");

    private PathParameter() {}

    static List<String> faults(String name, Map<String, Object> parameters) {
        String path = String.valueOf(parameters.get(name));
        if (!path.startsWith("/") && PATHS.stream().noneMatch(path::startsWith)) {
            return List.of(name + "='" + path + "': expected a path absolute within the volume, such as /.quarantine or"
                    + " {event.directory}/{event.stem}-x");
        }
        // A placeholder stands for at least one character of a name here; what it really gives is checked by the
        // worker.
        Optional<String> fault = VolumePath.fault(path.startsWith("/") ? path : "/" + path);
        return fault.map(f -> List.of(name + "='" + path + "': " + f + "; expected names with single slashes between"))
                .orElse(List.of());
    }
}
