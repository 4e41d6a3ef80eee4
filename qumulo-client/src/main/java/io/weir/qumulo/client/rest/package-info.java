/**
 * The way to a cluster: endpoints, trust, login, calls and their failures.
 *
 * <p>A call goes to one of several endpoints. One that does not answer, or answers that it cannot now (429, 502, 503, 504),
 * makes way for the next; when all have failed, the round is repeated after a pause that doubles and jitters. An endpoint
 * whose certificate is refused is left out of the repeats, since time will not mend it. A 401 makes the client read the
 * token file or log in again, once: session tokens live ten hours and cannot be renewed.
 *
 * <p>Each call says what a second one of it would do ({@link io.weir.qumulo.client.rest.ApiRequest.Effect}). One that must
 * happen once is repeated only if it has certainly not been carried out: no connection came about, the call could not be
 * written to its end, or the answer is 401, 429 or 503. If it was sent and its answer was lost, or is 502 or 504, the call
 * ends in a {@link io.weir.qumulo.client.rest.QumuloException} that {@code mayHaveBeenCarriedOut}, and the caller has to
 * look: a connection that is reset does not tell whether the request was read before.
 *
 * <p>Secrets are read from files when they are needed, sent in headers and bodies only, never logged, and never part of a
 * {@code toString}. Redirects are not followed: old releases answer 307 where a login is missing.
 */
@NullMarked
package io.weir.qumulo.client.rest;

import org.jspecify.annotations.NullMarked;
