/**
 * Which rights in Kafka each part of Weir and each kind of user needs, and not one more. {@code docs/security.md} has the
 * threats that they answer.
 */
@NullMarked
package io.weir.schemas.acl;

import org.jspecify.annotations.NullMarked;
