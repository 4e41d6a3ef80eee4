/** {@code weir qumulo}: the agent of a Qumulo cluster, and what it learns from Kafka. */
@NullMarked
package io.weir.cli.qumulo;

import org.jspecify.annotations.NullMarked;
