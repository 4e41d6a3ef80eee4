/**
 * The files of a mounted volume, safe against a tree that changes underneath.
 *
 * <p>Every look-up and every step opens the volume's root afresh (so that it is what is mounted there now), reaches the
 * entry through directories alone ({@link io.weir.posix.OpenPath}), checks its file id, and acts on the descriptors that
 * it holds. Between the check of a name and {@code renameat2} somebody may still put another file under that name; so a
 * move looks at what it moved, and if it is another file, moves it back.
 */
@NullMarked
package io.weir.worker.files;

import org.jspecify.annotations.NullMarked;
