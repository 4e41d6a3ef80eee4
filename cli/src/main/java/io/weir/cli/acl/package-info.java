/** {@code weir acls}: the rights in Kafka that each part needs, shown, given and checked. */
@NullMarked
package io.weir.cli.acl;

import org.jspecify.annotations.NullMarked;
