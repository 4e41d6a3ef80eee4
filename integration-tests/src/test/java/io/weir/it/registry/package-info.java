/**
 * What Weir expects of a schema registry: {@link io.weir.it.registry.RegistryContract}, run by one class for each registry,
 * and the serdes and the client against a real one.
 */
@NullMarked
package io.weir.it.registry;

import org.jspecify.annotations.NullMarked;
