/**
 * {@code weir rules}: the commands about the rules of a running system. What publishes is in {@code publish}, what reads files
 * in {@code file}, what explains events in {@code explain}.
 */
@NullMarked
package io.weir.cli.rule;

import org.jspecify.annotations.NullMarked;
