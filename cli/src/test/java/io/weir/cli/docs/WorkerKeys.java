package io.weir.cli.docs;

import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of a worker's settings file. */
final class WorkerKeys {
    private WorkerKeys() {}

    /** What each is for; nested keys with a dot. */
    static Map<String, String> documented() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("actions", "list of the action types that this worker carries out; all if left out");
        all.put("special-modes", "whether `chmod` may set setuid, setgid and sticky bits; `false` by default");
        all.put(
                "roots",
                "directories, absolute within the volume, that actions may change files in; or a mapping from volumes to"
                        + " such lists; all by default");
        all.put("owners", "users, by name or number, that `chown` may give files to; all by default");
        all.put("groups", "groups, by name or number, that `chown` may give files to; all by default");
        all.put("threads", "actions at a time, on different files, 1 to 1024; 16 by default");
        all.put("programs", "what `exec` may run: a mapping from names to programs");
        all.put("programs.NAME.command", "absolute path of the program, then its arguments; no shell");
        all.put("programs.NAME.timeout", "after which it is killed with all that it started; `30s` by default");
        all.put("programs.NAME.scope", "globs of the paths on the volume that it may change; none by default");
        return all;
    }
}
