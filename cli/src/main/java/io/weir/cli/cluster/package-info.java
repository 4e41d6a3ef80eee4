/** Commands for an installation on a Kafka cluster: topics, volumes, and the filter and the workers, each in a process of its own. */
@NullMarked
package io.weir.cli.cluster;

import org.jspecify.annotations.NullMarked;
