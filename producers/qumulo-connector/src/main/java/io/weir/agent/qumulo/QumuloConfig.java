package io.weir.agent.qumulo;

import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.schemas.topic.VolumeName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a connector is to watch on its cluster. Valid once made.
 *
 * @param access where it is, who we are to it, and by what it is known
 * @param paths directories to report on, absolute, no trailing slash but for {@code /}; none inside another
 * @param volume the name that events carry
 * @param types Change Notify types to ask for, of {@link NotifyTypes#ALL}
 * @param excludes globs of the rule language, on paths in the volume, that are not reported
 */
public record QumuloConfig(
        ClusterAccess access, List<String> paths, String volume, List<String> types, List<String> excludes) {
    /** @throws IllegalArgumentException naming all faults, one a line */
    public QumuloConfig {
        var faults = new ArrayList<String>();
        paths = paths.stream()
                .map(QumuloConfig::withoutTrailingSlash)
                .distinct()
                .toList();
        checkPaths(paths, faults);
        if (!VolumeName.isValid(volume)) {
            faults.add(
                    "volume='" + volume + "': expected 1 to 63 of a-z, 0-9 and '-', not beginning or ending with '-';"
                            + " try '" + VolumeName.from(volume) + "'");
        }
        types = types.stream().distinct().toList();
        checkTypes(types, faults);
        excludes = List.copyOf(excludes);
        for (String exclude : excludes) {
            if (!exclude.startsWith("/") && !exclude.startsWith("*")) {
                faults.add("exclude='" + exclude + "': expected a glob on absolute paths; try '**/" + exclude + "'");
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    /** All of one cluster, under the name of its host, with {@link NotifyTypes#DEFAULT}. */
    public static QumuloConfig of(ClusterAccess access) {
        URI first = access.endpoints().get(0);
        return new QumuloConfig(access, List.of("/"), defaultVolume(first), NotifyTypes.DEFAULT, List.of());
    }

    /** The volume name that a cluster has where none is given: that of its host. */
    public static String defaultVolume(URI endpoint) {
        return VolumeName.from(endpoint.getHost() == null ? "qumulo" : endpoint.getHost());
    }

    private static void checkPaths(List<String> paths, List<String> faults) {
        if (paths.isEmpty()) {
            faults.add("path: expected at least one; try --path /");
        }
        for (String path : paths) {
            if (!path.startsWith("/") || path.contains("//") || (path + "/").matches(".*/\\.{1,2}/.*")) {
                faults.add("path='" + path + "': expected an absolute path without empty, '.' or '..' parts");
            }
            for (String other : paths) {
                if (!path.equals(other) && (other.equals("/") || path.startsWith(other + "/"))) {
                    faults.add("path='" + path + "': lies within path='" + other + "'; leave one of them out");
                }
            }
        }
    }

    private static void checkTypes(List<String> types, List<String> faults) {
        if (types.isEmpty()) {
            faults.add("filter: expected at least one type; leave it out for all but access times");
        }
        Set<String> known = Set.copyOf(NotifyTypes.ALL);
        for (String type : types) {
            if (!known.contains(type)) {
                faults.add("filter type='" + type + "': not a Change Notify type; try '" + NotifyTypes.nearest(type)
                        + "'");
            }
        }
    }

    private static String withoutTrailingSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
