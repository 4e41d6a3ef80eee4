package io.weir.worker.run;

import io.weir.schemas.FileState;
import java.io.IOException;
import java.util.List;

/** Where the volume of a {@link Bench} and its marks are, as its users and its agent have them. */
public interface Premises {
    /** Opens it for a worker {@code w1}, as each of its processes does. */
    void serve(ActionRunner runner) throws IOException;

    /** Makes a file with its parents. */
    void write(String path, String content) throws IOException;

    /** As an agent tells it. */
    FileState state(String path) throws IOException;

    boolean has(String path);

    String content(String path) throws IOException;

    /** The names in a directory. */
    List<String> names(String directory) throws IOException;

    /** The names of the marks. */
    List<String> marks();

    byte[] mark(String name) throws IOException;

    void putMark(String name, byte[] bytes) throws IOException;
}
