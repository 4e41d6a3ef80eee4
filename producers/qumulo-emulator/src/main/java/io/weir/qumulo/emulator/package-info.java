/**
 * A Qumulo cluster for tests and demonstrations: the documented REST API over a file tree in memory.
 *
 * <p>{@link io.weir.qumulo.emulator.QumuloEmulator} is the way in. It was written from the documents of the API, not from
 * what Weir's connector asks for; where these leave something open, there is a switch
 * ({@link io.weir.qumulo.emulator.settings.Switches}), and what goes wrong with clusters and networks can be made to go wrong
 * ({@link io.weir.qumulo.emulator.fault.Faults}). What is emulated and what is not is in {@code docs/qumulo-emulator.md}.
 */
@NullMarked
package io.weir.qumulo.emulator;

import org.jspecify.annotations.NullMarked;
