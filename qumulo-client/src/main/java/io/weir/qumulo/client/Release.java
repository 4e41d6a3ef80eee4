package io.weir.qumulo.client;

import io.weir.qumulo.client.rest.ApiRequest;
import io.weir.qumulo.client.rest.QumuloException;
import io.weir.qumulo.client.rest.RestClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the cluster's release can do; asked once, since an upgrade takes nothing away. Safe for all threads. */
final class Release {
    private final RestClient rest;
    private volatile @Nullable ClusterVersion known;

    Release(RestClient rest) {
        this.rest = rest;
    }

    /** The {@code revision_id}, asked anew. */
    String revision() throws QumuloException {
        ApiRequest request = ApiRequest.get("/v1/version");
        return rest.jsonWithoutLogin(request).read(request, json -> JsonFields.text(json, "revision_id"));
    }

    /** Whether it is at least this one. One that cannot be read is taken for the oldest. */
    boolean has(ClusterVersion since) throws QumuloException {
        ClusterVersion version = known;
        if (version == null) {
            Optional<ClusterVersion> told = ClusterVersion.find(revision());
            version = told.orElse(ClusterVersion.OLDEST_SUPPORTED);
            known = version;
        }
        return version.compareTo(since) >= 0;
    }
}
