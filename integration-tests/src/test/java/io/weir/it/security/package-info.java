/** The whole system on a broker with TLS, logins and an authorizer, each part with its own rights alone. */
@NullMarked
package io.weir.it.security;

import org.jspecify.annotations.NullMarked;
