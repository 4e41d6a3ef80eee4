/**
 * Linux system calls through JNA, with file names as bytes.
 *
 * <p>On Linux a file name is any sequence of bytes without {@code /} and NUL; {@code java.nio.file} can only name those
 * that decode in the platform's charset. So everything here takes and gives names in the reversible text form of
 * {@link io.weir.posix.PathText} and passes the exact bytes to the kernel.
 */
@NullMarked
package io.weir.posix;

import org.jspecify.annotations.NullMarked;
