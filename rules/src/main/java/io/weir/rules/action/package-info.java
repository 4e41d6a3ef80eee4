/** What the rule language knows of actions: their names and parameters, found by {@code ServiceLoader}. */
@NullMarked
package io.weir.rules.action;

import org.jspecify.annotations.NullMarked;
