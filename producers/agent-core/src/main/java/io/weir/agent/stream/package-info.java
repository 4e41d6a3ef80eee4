/**
 * Decides what is news of a source whose stream {@linkplain io.weir.agent.source.EventSource#tellsAll() leaves nothing out}.
 *
 * <p>There is no baseline of the whole tree, which may have a billion files. {@link io.weir.agent.stream.ToldFiles} keeps
 * where files were told to be since the source's last {@linkplain io.weir.agent.source.Observation.Checkpoint checkpoint}:
 * after a break the source compares that state with the present one, and what this shows is news but for what was told
 * already. Contents are another matter: they are not read for each event, so that a file which was written both before a
 * break, as the stream told, and after the last checkpoint, may be told once more.
 *
 * <p>What actions of ours did is judged by the same marks as everywhere. Events name the fields that have changed, so within
 * a window the field decides; at its end the declared fields are read and compared with what was declared, the others with
 * what was read when its begin came.
 */
@NullMarked
package io.weir.agent.stream;

import org.jspecify.annotations.NullMarked;
