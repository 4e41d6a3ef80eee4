/**
 * {@code weir status}: how all parts are, from what they report to {@code weir.components} and how far their consumer groups
 * are, and what needs somebody.
 */
@NullMarked
package io.weir.cli.status;

import org.jspecify.annotations.NullMarked;
