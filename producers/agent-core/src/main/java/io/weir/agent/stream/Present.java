package io.weir.agent.stream;

import io.weir.agent.source.FileIdentity;
import io.weir.agent.source.FileStat;
import io.weir.agent.source.Located;
import io.weir.agent.source.Observation.Side;
import io.weir.agent.source.Place;
import java.util.Optional;

/** Files as a reader finds them. */
final class Present {
    private final Reader reader;

    Present(Reader reader) {
        this.reader = reader;
    }

    /** A file under one of its names; empty if it is not there, or its directory has moved on meanwhile. */
    Optional<Side> find(String fileId) {
        return reader.find(fileId).flatMap(this::side);
    }

    /** Whether a file is at a place. */
    boolean isAt(Place place, String fileId) {
        return reader.stat(place).filter(stat -> stat.fileId().equals(fileId)).isPresent();
    }

    Optional<Side> side(Located file) {
        return reader.stat(file.place().parent()).map(directory -> {
            FileStat stat = file.stat();
            return new Side(
                    file.place(), new FileIdentity(stat.fileId(), directory.fileId(), stat.isDirectory()), stat);
        });
    }

    static boolean hasMoreNames(Side side) {
        return side.stat().linkCount() > 1 && !side.file().directory();
    }
}
