package io.weir.qumulo.client.rest;

import io.weir.qumulo.client.rest.QumuloException.Told;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Why an endpoint gave no answer to act on.
 *
 * @param lasting whether a repeat would end the same way
 * @param unsure whether it may have carried the call out
 * @param told what it said, if anything
 */
record EndpointFailure(
        HttpUrl endpoint, String why, boolean lasting, boolean unsure, Told told, @Nullable IOException cause) {
    static final String LOOK_FIRST =
            "; it may have been carried out, and is not repeated; look at what there is before asking again";

    static EndpointFailure of(ApiAnswer answer) {
        return new EndpointFailure(answer.endpoint(), answer.why(), false, answer.isUnsure(), answer.told(), null);
    }

    /** @param sent whether the endpoint may have got the call */
    static EndpointFailure of(HttpUrl endpoint, IOException e, boolean sent) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof ClusterTls.Refused refused) {
                return new EndpointFailure(
                        endpoint, String.valueOf(refused.getMessage()), true, false, Told.NOTHING, e);
            }
        }
        if (e instanceof SSLPeerUnverifiedException) {
            String why = "its certificate does not name the host '" + endpoint.host()
                    + "'; expected one that does; try the name in the certificate, or --pin";
            return new EndpointFailure(endpoint, why, true, false, Told.NOTHING, e);
        }
        return new EndpointFailure(endpoint, plainly(endpoint, e), false, sent, Told.NOTHING, e);
    }

    private static String plainly(HttpUrl endpoint, IOException e) {
        if (e instanceof UnknownHostException) {
            return "host '" + endpoint.host() + "' is not known; try its address";
        }
        if (e instanceof ConnectException) {
            return "no connection (" + e.getMessage() + "); is the node up, and port " + endpoint.port() + " open?";
        }
        if (e instanceof SocketTimeoutException) {
            return "no answer in time (" + e.getMessage() + ")";
        }
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
