package io.weir.qumulo.client.rest;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a cluster is, who we are to it, and by what it is known. Valid once made; secrets are only named by their files.
 *
 * @param endpoints base URLs of the cluster's nodes or floating addresses, in the order in which they are tried.
 *     {@code https://HOST} alone means port 8000; {@code https://HOST/api} the web port. {@code http} only to the own
 *     host or with {@link Trust.Anything}
 * @param credentials token or user
 * @param trust by what the cluster's certificate is known
 */
public record ClusterAccess(List<URI> endpoints, Credentials credentials, Trust trust) {
    private static final int REST_PORT = 8000;

    /**
     * Checks the endpoints.
     *
     * @throws IllegalArgumentException naming all faults, one a line
     */
    public ClusterAccess {
        var faults = new ArrayList<String>();
        endpoints = endpoints.stream().map(ClusterAccess::withPort).distinct().toList();
        if (endpoints.isEmpty()) {
            faults.add("cluster: expected at least one URL; try --cluster https://HOST:" + REST_PORT);
        }
        for (URI endpoint : endpoints) {
            checkEndpoint(endpoint, trust, faults);
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
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
}
