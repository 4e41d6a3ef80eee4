package io.weir.agent.qumulo;

import io.weir.schemas.topic.VolumeName;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a connector needs to know of its cluster. Valid once made; secrets are only named by their files.
 *
 * @param endpoints base URLs of the cluster's nodes or floating addresses, in the order in which they are tried.
 *     {@code https://HOST} alone means port 8000; {@code https://HOST/api} the web port. {@code http} only to the own
 *     host or with {@link Trust.Anything}
 * @param paths directories to report on, absolute, no trailing slash but for {@code /}; none inside another
 * @param volume the name that events carry
 * @param credentials token or user
 * @param trust by what the cluster's certificate is known
 * @param types Change Notify types to ask for, of {@link NotifyTypes#ALL}
 * @param excludes globs of the rule language, on paths in the volume, that are not reported
 */
public record QumuloConfig(
        List<URI> endpoints,
        List<String> paths,
        String volume,
        Credentials credentials,
        Trust trust,
        List<String> types,
        List<String> excludes) {
    private static final int REST_PORT = 8000;

    /** @throws IllegalArgumentException naming all faults, one a line */
    public QumuloConfig {
        var faults = new ArrayList<String>();
        endpoints = endpoints.stream().map(QumuloConfig::withPort).distinct().toList();
        if (endpoints.isEmpty()) {
            faults.add("cluster: expected at least one URL; try --cluster https://HOST:" + REST_PORT);
        }
        for (URI endpoint : endpoints) {
            checkEndpoint(endpoint, trust, faults);
        }
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
    public static QumuloConfig of(URI endpoint, Credentials credentials, Trust trust) {
        return new QumuloConfig(
                List.of(endpoint),
                List.of("/"),
                defaultVolume(endpoint),
                credentials,
                trust,
                NotifyTypes.DEFAULT,
                List.of());
    }

    /** The volume name that a cluster has where none is given: that of its host. */
    public static String defaultVolume(URI endpoint) {
        return VolumeName.from(endpoint.getHost() == null ? "qumulo" : endpoint.getHost());
    }

    private static void checkEndpoint(URI endpoint, Trust trust, List<String> faults) {
        if (endpoint.getRawUserInfo() != null) {
            faults.add("cluster with a user in the URL: expected https://HOST:" + REST_PORT
                    + ", since URLs are logged; try --user and --password-file");
            return;
        }
        String subject = "cluster='" + endpoint + "': ";
        String host = endpoint.getHost();
        boolean http = "http".equalsIgnoreCase(endpoint.getScheme());
        if (host == null || !(http || "https".equalsIgnoreCase(endpoint.getScheme()))) {
            faults.add(subject + "expected https://HOST:" + REST_PORT);
        } else if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            faults.add(subject + "expected no query and no fragment; try https://" + host + ":" + REST_PORT);
        } else if (http && !(trust instanceof Trust.Anything) && !isLoopback(host)) {
            faults.add(subject + "the token would cross the network in clear; expected https; try https://" + host + ":"
                    + REST_PORT);
        }
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        if (!host.startsWith("127.") && !host.startsWith("[")) {
            return false;
        }
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
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

    private static URI withPort(URI endpoint) {
        String path = endpoint.getRawPath() == null ? "" : endpoint.getRawPath().replaceAll("/+$", "");
        boolean bare = endpoint.getPort() == -1 && path.isEmpty();
        if (endpoint.getHost() == null || endpoint.getRawUserInfo() != null) {
            return endpoint;
        }
        try {
            return new URI(
                    endpoint.getScheme(),
                    null,
                    endpoint.getHost(),
                    bare ? REST_PORT : endpoint.getPort(),
                    path,
                    endpoint.getQuery(),
                    endpoint.getFragment());
        } catch (URISyntaxException e) {
            return endpoint;
        }
    }

    private static String withoutTrailingSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
