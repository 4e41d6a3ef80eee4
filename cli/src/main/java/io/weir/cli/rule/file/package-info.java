/** Rule files on the command line: which there are, what is wrong with them, and what their tests say. Needs no Kafka. */
@NullMarked
package io.weir.cli.rule.file;

import org.jspecify.annotations.NullMarked;
