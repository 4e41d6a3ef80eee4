/**
 * A worker's settings and policy: a YAML file on its own host. Each value knows the line that set it, and a refusal names
 * that line.
 */
@NullMarked
package io.weir.worker.settings;

import org.jspecify.annotations.NullMarked;
