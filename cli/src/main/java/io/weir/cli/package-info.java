/**
 * The {@code weir} command: one class a subcommand, and the wiring of the parts into processes.
 *
 * <p>Results go to standard output, all else to standard error; no command writes to {@code System.out} itself, so that each
 * is tested by its arguments in, exit code, output and errors out. Exit codes are an interface: {@link
 * io.weir.cli.ExitCode}. A {@link io.weir.cli.CommandException} is a failure that its message explains to the user; any other
 * exception is a defect and is shown with its class. Stack traces appear with {@code --debug} only.
 */
@NullMarked
package io.weir.cli;

import org.jspecify.annotations.NullMarked;
