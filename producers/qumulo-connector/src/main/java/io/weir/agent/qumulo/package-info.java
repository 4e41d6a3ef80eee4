/**
 * The connector to Qumulo clusters, over the REST API of Qumulo Core.
 *
 * <p>What is here: the configuration, a client with the API's manners, and the checks before work begins. The client sends
 * a request to one of several endpoints. An endpoint that does not answer, or answers that it cannot now (429, 502, 503,
 * 504), makes way for the next; when all have failed, the round is repeated after a pause that doubles and jitters. An
 * endpoint whose certificate is refused is left out of the repeats, since time will not mend it. A 401 makes the client
 * read the token file or log in again, once: session tokens live ten hours and cannot be renewed.
 *
 * <p>Secrets are read from files when they are needed, sent in headers and bodies only, never logged, and never part of a
 * {@code toString}. Redirects are not followed: old releases answer 307 where a login is missing.
 */
@NullMarked
package io.weir.agent.qumulo;

import org.jspecify.annotations.NullMarked;
