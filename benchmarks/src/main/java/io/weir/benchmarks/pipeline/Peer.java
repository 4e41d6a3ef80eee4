package io.weir.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What people use to move each file that is complete in a directory elsewhere; it keeps nothing when it fails. */
enum Peer {
    SHELL_LOOP("inotifywait | while read", "inotifywait") {
        @Override
        List<List<String>> commands(Path drop, Path target, Path scratch) {
            String script = "inotifywait -m -q -e close_write --format %f \"$1\""
                    + " | while IFS= read -r name; do mv -- \"$1/$name\" \"$2/\"; done";
            return List.of(List.of("bash", "-c", script, "bash", drop.toString(), target.toString()));
        }
    },
    INCROND("incrond", "incrond") {
        @Override
        List<List<String>> commands(Path drop, Path target, Path scratch) throws IOException {
            Path tables = Files.createDirectory(scratch.resolve("incron"));
            Files.createDirectory(scratch.resolve("incron-users"));
            Files.writeString(tables.resolve("move"), drop + " IN_CLOSE_WRITE mv $@/$# " + target + "/\n");
            Path config = Files.writeString(
                    scratch.resolve("incron.conf"),
                    "system_table_dir = " + tables + "\nuser_table_dir = " + scratch.resolve("incron-users")
                            + "\nlockfile_dir = " + scratch + "\n");
            return List.of(List.of("incrond", "-n", "-f", config.toString()));
        }
    },
    WATCHMAN("watchman trigger", "watchman") {
        @Override
        List<List<String>> commands(Path drop, Path target, Path scratch) {
            Path socket = scratch.resolve("sock");
            String server =
                    "exec watchman --foreground --sockname=\"$1/sock\" --statefile=\"$1/state\" --logfile=\"$1/log\"";
            String trigger = "until [ -S \"$1\" ]; do sleep 0.05; done;"
                    + " w() { watchman --sockname=\"$1\" --no-spawn --no-pretty \"${@:2}\"; };"
                    + " w \"$1\" watch \"$2\" && printf '%s\\n' \"$3\" | w \"$1\" -j";
            String definition = "[\"trigger\",\"" + drop + "\",{\"name\":\"move\","
                    + "\"expression\":[\"allof\",\"exists\",[\"type\",\"f\"]],\"append_files\":true,"
                    + "\"command\":[\"sh\",\"-c\",\"mv -- \\\"$@\\\" '" + target + "/'\",\"sh\"]}]";
            return List.of(
                    List.of("bash", "-c", server, "bash", scratch.toString()),
                    List.of("bash", "-c", trigger, "bash", socket.toString(), drop.toString(), definition));
        }
    };

    private final String title;
    private final String program;

    Peer(String title, String program) {
        this.title = title;
        this.program = program;
    }

    /** As people call it. */
    String title() {
        return title;
    }

    /** Whether it is there. */
    boolean isInstalled() {
        return List.of("/usr/bin", "/usr/sbin", "/usr/local/bin").stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /**
     * What to start, all at once.
     *
     * @param scratch for files of its own
     */
    abstract List<List<String>> commands(Path drop, Path target, Path scratch) throws IOException;
}
