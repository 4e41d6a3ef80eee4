package io.weir.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The mounted file systems as this process saw them at one moment (proc_pid_mountinfo(5)). Immutable. */
public final class Mounts {
    private static final Mount UNKNOWN = new Mount(-1, -1, "/", "unknown");

    private final List<Mount> all;

    /** In the kernel's order. */
    public Mounts(List<Mount> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Reads those of this process.
     *
     * @throws IOException if there is no {@code /proc}
     */
    public static Mounts ofThisProcess() throws IOException {
        return read(Path.of("/proc/self/mountinfo"));
    }

    /** Reads a file of that form; lines that have another are passed over. */
    public static Mounts read(Path mountinfo) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (String line : Files.readAllLines(mountinfo, StandardCharsets.ISO_8859_1)) {
            String[] halves = line.split(" - ", 2);
            String[] fields = halves[0].split(" ", -1);
            if (halves.length == 2 && fields.length > 4) {
                String type = halves[1].split(" ", 2)[0];
                mounts.add(new Mount(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), path(fields[4]), type));
            }
        }
        return new Mounts(mounts);
    }

    /** The one that a path leads to; of unknown type if there is none such. */
    public Mount of(String path) {
        Optional<Mount> at = all.stream()
                .filter(m ->
                        m.point().equals("/") && all.stream().noneMatch(p -> p.id() != m.id() && p.id() == m.parent()))
                .findFirst();
        Mount last = UNKNOWN;
        while (at.isPresent()) {
            last = at.get();
            at = next(last, path);
        }
        return last;
    }

    /** The first mount that one comes upon on the way to a path, as the kernel does: it may hide others further down. */
    private Optional<Mount> next(Mount from, String path) {
        return all.stream()
                .filter(m -> m.parent() == from.id() && m.id() != from.id() && covers(m.point(), path))
                .reduce((a, b) -> b.point().length() < a.point().length() ? b : a);
    }

    /** Those that can be reached somewhere below a path. */
    public List<Mount> below(String path) {
        return all.stream()
                .filter(m -> !m.point().equals(path) && covers(path, m.point()))
                .filter(m -> of(m.point()).equals(m))
                .toList();
    }

    private static boolean covers(String directory, String path) {
        return directory.equals("/") || path.equals(directory) || path.startsWith(directory + "/");
    }

    /** Blanks, tabs, newlines and backslashes come as three octal digits. */
    private static String path(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 3 < text.length()) {
                bytes[length++] = (byte) Integer.parseInt(text.substring(i + 1, i + 4), 8);
                i += 3;
            } else {
                bytes[length++] = (byte) text.charAt(i);
            }
        }
        return PathText.decode(bytes, 0, length);
    }
}
