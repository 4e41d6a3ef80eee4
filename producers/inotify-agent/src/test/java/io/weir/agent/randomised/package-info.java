/**
 * A real directory driven at random, and the tree that somebody would believe in who knows only the events: generator,
 * model and comparison, for tests of this module and of the whole.
 */
@NullMarked
package io.weir.agent.randomised;

import org.jspecify.annotations.NullMarked;
