/** {@code weir qumulo-emulator}: an emulated cluster, for demonstrations. */
@NullMarked
package io.weir.cli.emulator;

import org.jspecify.annotations.NullMarked;
