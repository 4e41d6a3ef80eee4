package io.weir.worker.action;

import java.util.List;
import java.util.Map;

/** What can be said of a path parameter before an event fills it in. */
final class PathParameter {
    private PathParameter() {}

    static List<String> faults(String name, Map<String, Object> parameters) {
        String path = String.valueOf(parameters.get(name));
        if ((path.startsWith("/") && path.length() > 1) || path.startsWith("{event.directory}/")) {
            return List.of();
        }
        return List.of(name + "='" + path + "': expected a path absolute within the volume, such as /.quarantine or"
                + " {event.directory}/{event.stem}-x");
    }
}
