package io.weir.agent.marks;

import io.weir.agent.source.MarksDirectory;
import io.weir.schemas.marks.BeginMark;
import io.weir.schemas.marks.Effect;
import io.weir.schemas.marks.EndMark;
import io.weir.schemas.marks.MarkCodec;
import io.weir.schemas.marks.MarkName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The marks directories by volume, and how marks are read from them. */
final class MarksDirectories {
    private static final Logger LOG = LoggerFactory.getLogger(MarksDirectories.class);

    private final Map<String, MarksDirectory> directories;

    MarksDirectories(Map<String, MarksDirectory> directories) {
        this.directories = Map.copyOf(directories);
    }

    boolean has(String volume) {
        return directories.containsKey(volume);
    }

    /** A begin mark; empty if it is not there or cannot be understood. */
    Optional<BeginMark> readBegin(String volume, String name) {
        try {
            Optional<byte[]> bytes = of(volume).read(name);
            return bytes.isEmpty() ? Optional.empty() : Optional.of(MarkCodec.decodeBegin(bytes.get()));
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("mark", name)
                    .addKeyValue("cause", e.toString())
                    .log("A begin mark cannot be read: what its action does counts as foreign. Is the worker newer?");
            return Optional.empty();
        }
    }

    /** What an attempt says that it did; empty if it did not come to say so. */
    Optional<List<Effect>> readEnd(String volume, MarkName name) {
        try {
            Optional<byte[]> bytes = of(volume).read(name.fileName());
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            EndMark end = MarkCodec.decodeEnd(bytes.get());
            return end.worker() == null ? Optional.empty() : Optional.of(end.done());
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("mark", name.fileName())
                    .addKeyValue("cause", e.toString())
                    .log("An end mark cannot be read; what its attempt did is not known");
            return Optional.empty();
        }
    }

    /** What tells a file from a later one of the same name; empty if it is not there or cannot be looked at. */
    Optional<String> identity(String volume, String name) {
        try {
            return of(volume).identity(name);
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("mark", name)
                    .addKeyValue("cause", e.toString())
                    .log("A mark cannot be looked at; after a restart it counts as new. Check the marks directory");
            return Optional.empty();
        }
    }

    /** The names of all that lies in a volume's directory. */
    List<String> names(String volume) {
        try {
            return has(volume) ? of(volume).names() : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("marks directory of volume '" + volume + "': cannot be read", e);
        }
    }

    /** A volume's. */
    MarksDirectory of(String volume) {
        MarksDirectory directory = directories.get(volume);
        if (directory == null) {
            throw new IllegalStateException("volume='" + volume + "': has no marks directory");
        }
        return directory;
    }
}
