package io.weir.benchmarks.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A program that prints what happens below a directory. */
enum Tool {
    WEIR("weir watch", "") {
        @Override
        List<String> command(Path weir, Path directory, Path scratch) {
            return List.of(weir.toString(), "watch", "--json", "-r", "--volume", "bench=" + directory);
        }

        @Override
        boolean saysReady(String line) {
            return line.startsWith("{\"kind\":\"ready\"");
        }

        @Override
        void parse(Path directory, String line, long at, List<Report> reports) {
            JsonNode event = json(line);
            String path = directory + event.path("path").asText();
            switch (event.path("type").asText()) {
                case "created" -> reports.add(new Report(Set.of(Change.CREATED), path, at));
                case "modified", "written" -> reports.add(new Report(Set.of(Change.WRITTEN), path, at));
                case "attributes-changed" -> reports.add(new Report(Set.of(Change.ATTRIBUTES), path, at));
                case "moved-in" -> reports.add(new Report(Set.of(Change.MOVED_TO), path, at));
                case "moved-out" -> reports.add(new Report(Set.of(Change.MOVED_FROM), path, at));
                case "moved" -> {
                    reports.add(new Report(Set.of(Change.MOVED_TO), path, at));
                    String from = directory + event.path("previousPath").asText();
                    reports.add(new Report(Set.of(Change.MOVED_FROM), from, at));
                }
                case "deleted" -> reports.add(new Report(Set.of(Change.DELETED), path, at));
                default -> {
                    // gaps and the like are about no file
                }
            }
        }
    },
    INOTIFYWAIT("inotifywait -m -r", "inotifywait") {
        @Override
        List<String> command(Path weir, Path directory, Path scratch) {
            return inotifyTools("inotifywait", "-r", directory);
        }
    },
    FSNOTIFYWAIT("fsnotifywait -m -r", "fsnotifywait") {
        @Override
        List<String> command(Path weir, Path directory, Path scratch) {
            return inotifyTools("fsnotifywait", "-r", directory);
        }
    },
    FSNOTIFYWAIT_FILE_SYSTEM("fsnotifywait -m -S", "fsnotifywait") {
        @Override
        List<String> command(Path weir, Path directory, Path scratch) {
            return inotifyTools("fsnotifywait", "-S", directory);
        }
    },
    FSWATCH("fswatch -r", "fswatch") {
        @Override
        List<String> command(Path weir, Path directory, Path scratch) {
            return List.of("fswatch", "-r", "-l", "0.1", "--format", "%f|%p", directory.toString());
        }

        @Override
        boolean saysWhenReady() {
            return false;
        }

        @Override
        void parse(Path directory, String line, long at, List<Report> reports) {
            int bar = line.indexOf('|');
            if (bar < 0) {
                return;
            }
            Set<Change> changes = EnumSet.noneOf(Change.class);
            for (String flag : line.substring(0, bar).split(" ", -1)) {
                switch (flag) {
                    case "Created" -> changes.add(Change.CREATED);
                    case "Updated" -> changes.add(Change.WRITTEN);
                    case "Removed" -> changes.add(Change.DELETED);
                    case "Renamed" -> changes.addAll(Set.of(Change.MOVED_FROM, Change.MOVED_TO));
                    case "MovedFrom" -> changes.add(Change.MOVED_FROM);
                    case "MovedTo" -> changes.add(Change.MOVED_TO);
                    case "AttributeModified", "OwnerModified" -> changes.add(Change.ATTRIBUTES);
                    default -> {
                        // IsFile and the like
                    }
                }
            }
            reports.add(new Report(changes, line.substring(bar + 1), at));
        }
    },
    WATCHMAN("watchman subscribe", "watchman") {
        @Override
        List<String> server(Path scratch) {
            return List.of(
                    "watchman",
                    "--foreground",
                    "--sockname=" + scratch.resolve("sock"),
                    "--statefile=" + scratch.resolve("state"),
                    "--logfile=" + scratch.resolve("log"));
        }

        @Override
        List<String> command(Path weir, Path directory, Path scratch) {
            // A clock that is in step with the file system comes after the first crawl.
            String script = "w() { watchman --sockname=\"$1\" --no-spawn --no-pretty \"${@:2}\"; };"
                    + " w \"$1\" watch \"$2\" >/dev/null"
                    + " && printf '[\"clock\",\"%s\",{\"sync_timeout\":60000}]\\n' \"$2\" | w \"$1\" -j >/dev/null"
                    + " && printf '%s\\n' \"$3\" | w \"$1\" -p -j";
            String subscribe = "[\"subscribe\",\"" + directory + "\",\"bench\","
                    + "{\"fields\":[\"name\",\"exists\",\"new\"],\"empty_on_fresh_instance\":true}]";
            return List.of(
                    "bash", "-c", script, "bash", scratch.resolve("sock").toString(), directory.toString(), subscribe);
        }

        @Override
        boolean saysReady(String line) {
            return line.contains("\"subscribe\":\"bench\"");
        }

        @Override
        void parse(Path directory, String line, long at, List<Report> reports) {
            for (JsonNode file : json(line).path("files")) {
                // It reports what is there, and not what happened.
                Set<Change> changes = file.path("exists").asBoolean()
                        ? Set.of(Change.CREATED, Change.WRITTEN, Change.ATTRIBUTES, Change.MOVED_TO)
                        : Set.of(Change.DELETED, Change.MOVED_FROM);
                reports.add(
                        new Report(changes, directory + "/" + file.path("name").asText(), at));
            }
        }
    };

    private static final JsonMapper JSON = new JsonMapper();

    private final String title;
    private final String program;

    Tool(String title, String program) {
        this.title = title;
        this.program = program;
    }

    /** As people call it. */
    String title() {
        return title;
    }

    /** Whether it is there. */
    boolean isInstalled() {
        return program.isEmpty()
                || List.of("/usr/bin", "/usr/local/bin", "/bin").stream()
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** A server that has to run beside it; empty if there is none. */
    List<String> server(Path scratch) {
        return List.of();
    }

    abstract List<String> command(Path weir, Path directory, Path scratch);

    /** Whether it ever does say that all is watched. */
    boolean saysWhenReady() {
        return true;
    }

    /** Whether a line of standard output or standard error says that all is watched; as inotify-tools say it. */
    boolean saysReady(String line) {
        return line.startsWith("Watches established.");
    }

    /** Reads a line of standard output, in the form that {@link #inotifyTools} asks for. */
    void parse(Path directory, String line, long at, List<Report> reports) {
        int bar = line.indexOf('|');
        // A watch on a whole file system shows other directories, too.
        if (bar < 0 || !line.startsWith(directory + "/", bar + 1)) {
            return;
        }
        Set<Change> changes = EnumSet.noneOf(Change.class);
        for (String flag : line.substring(0, bar).split(",", -1)) {
            switch (flag) {
                case "CREATE" -> changes.add(Change.CREATED);
                case "MODIFY", "CLOSE_WRITE" -> changes.add(Change.WRITTEN);
                case "ATTRIB" -> changes.add(Change.ATTRIBUTES);
                case "MOVED_FROM" -> changes.add(Change.MOVED_FROM);
                case "MOVED_TO" -> changes.add(Change.MOVED_TO);
                case "DELETE" -> changes.add(Change.DELETED);
                default -> {
                    // ISDIR, CLOSE
                }
            }
        }
        reports.add(new Report(changes, line.substring(bar + 1), at));
    }

    private static List<String> inotifyTools(String program, String how, Path directory) {
        return List.of(
                program,
                "-m",
                how,
                "-e",
                "create,modify,close_write,attrib,move,delete",
                "--format",
                "%e|%w%f",
                directory.toString());
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
