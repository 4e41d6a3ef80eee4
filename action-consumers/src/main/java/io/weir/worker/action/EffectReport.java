package io.weir.worker.action;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.posix.PathText;
import io.weir.rules.Glob;
import io.weir.worker.settings.Confinement.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file in which a program may say what it changed, one path a line: absolute on the host or relative to the volume's
 * root; with a slash at the end, a directory with all below it. A line that begins with a quotation mark is a JSON string,
 * for names with line breaks. For one thread.
 */
final class EffectReport implements AutoCloseable {
    private static final long MOST_BYTES = 4L << 20;
    private static final int MOST_PATHS = 10_000;
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> PASSED = PosixFilePermissions.fromString("rwx--x--x");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path root;
    private final Path directory;
    private final Path file;
    private String remark = "";

    private EffectReport(Path root, Path directory) throws IOException {
        this.root = root;
        this.directory = directory;
        this.file = Files.createFile(directory.resolve("effects"), PosixFilePermissions.asFileAttribute(OWN));
    }

    /**
     * Makes the file, empty, for the program's user alone. It lies in a directory of the worker's, so that another user can
     * write it, and cannot put a link in its place.
     *
     * @param root of the volume
     * @param account as whom the program runs; empty: as the worker
     */
    static EffectReport open(Path root, Optional<Account> account) throws IOException {
        EffectReport report = new EffectReport(root, Files.createTempDirectory("weir-effects-"));
        if (account.isPresent()) {
            Files.setPosixFilePermissions(report.directory, PASSED);
            Files.setAttribute(report.file, "unix:uid", account.get().uid());
        }
        return report;
    }

    /** To be given to the program. */
    Path file() {
        return file;
    }

    /** Globs of what the program says that it changed; empty if it says nothing, or nothing that could be gone by. */
    Optional<List<String>> changed() throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return Optional.empty();
        }
        if (Files.size(file) > MOST_BYTES) {
            return without("more than " + MOST_BYTES + " bytes");
        }
        List<String> globs = new ArrayList<>();
        for (String line : PathText.decode(Files.readAllBytes(file)).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            Optional<String> path = path(line).flatMap(this::inVolume);
            if (path.isEmpty()) {
                return without("'" + PathText.display(line) + "', which is no path below '" + root + "'");
            }
            String glob = Glob.quote(path.get()) + (path.get().endsWith("/") ? "**" : "");
            if (glob.length() > Glob.MAX_LENGTH || globs.size() == MOST_PATHS) {
                return without("more than " + MOST_PATHS + " paths, or too long a one");
            }
            globs.add(glob);
        }
        return Optional.of(globs);
    }

    private Optional<List<String>> without(String what) {
        remark = "; its report of effects has " + what + ", so that all of its scope counts as changed";
        return Optional.empty();
    }

    private static Optional<String> path(String line) {
        if (!line.startsWith("\"")) {
            return Optional.of(line);
        }
        try {
            return Optional.ofNullable(JSON.readValue(line, String.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private Optional<String> inVolume(String path) {
        String top = root.toString().equals("/") ? "" : root.toString();
        if (path.startsWith("/") && !path.startsWith(top + "/")) {
            return Optional.empty();
        }
        Deque<String> names = new ArrayDeque<>();
        for (String name : (path.startsWith("/") ? path.substring(top.length()) : path).split("/", -1)) {
            if (name.equals("..") && names.pollLast() == null) {
                return Optional.empty();
            }
            if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
        }
        String below = path.endsWith("/") && !names.isEmpty() ? "/" : "";
        return Optional.of("/" + String.join("/", names) + below);
    }

    /** What is to be said of a report that cannot be gone by; nothing else. */
    String remark() {
        return remark;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(directory);
    }
}
