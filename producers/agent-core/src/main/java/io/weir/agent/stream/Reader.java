package io.weir.agent.stream;

import io.weir.agent.source.FileStat;
import io.weir.agent.source.Located;
import io.weir.agent.source.Place;
import java.util.Optional;

/** Reads files as they are now. */
public interface Reader {
    /** What is at a place. */
    Optional<FileStat> stat(Place place);

    /** A file, wherever it is. */
    Optional<Located> find(String fileId);

    /** Whether a file was there in the state that was compared last. */
    boolean wasCompared(String fileId);
}
