package io.weir.worker.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a program may use, and as whom it runs.
 *
 * @param output bytes that it may write in all; empty: any number
 * @param memory bytes of data that each of its processes may have
 * @param cpu processor time that each of its processes may use
 * @param account as whom it runs; empty: as the worker
 * @param directory where it runs; empty: in the volume's root
 * @param launcher put before its command: sets what the program itself must not be able to go beyond
 */
public record Confinement(
        OptionalLong output,
        OptionalLong memory,
        Optional<Duration> cpu,
        Optional<Account> account,
        Optional<Path> directory,
        List<String> launcher) {
    /** No bounds. */
    public static final Confinement NONE = new Confinement(
            OptionalLong.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    public Confinement {
        launcher = List.copyOf(launcher);
    }

    /** A user of this host, with its first group. */
    public record Account(String name, int uid, int gid) {}

    /**
     * The commands of util-linux that put a process under its limits and then become the program: no shell, and no moment
     * at which the program runs without them. (A JVM cannot do that between fork and exec; to set limits on a process that
     * already runs would come too late for what it has started by then.)
     *
     * @param prlimit path of the command; empty if neither memory nor cpu is limited
     * @param setpriv path of the command; empty without an account
     */
    static List<String> launcher(
            OptionalLong memory,
            Optional<Duration> cpu,
            Optional<Account> account,
            Optional<Path> prlimit,
            Optional<Path> setpriv) {
        List<String> launcher = new ArrayList<>();
        prlimit.ifPresent(path -> {
            launcher.add(path.toString());
            memory.ifPresent(bytes -> launcher.add("--data=" + bytes));
            cpu.ifPresent(time -> {
                // At the first it is asked to end, and a second later it is killed; without a core dump.
                long seconds = Math.max(1, (time.toMillis() + 999) / 1000);
                launcher.add("--cpu=" + seconds + ":" + (seconds + 1));
                launcher.add("--core=0");
            });
            launcher.add("--");
        });
        if (setpriv.isPresent() && account.isPresent()) {
            launcher.addAll(List.of(
                    setpriv.get().toString(),
                    "--reuid=" + account.get().uid(),
                    "--regid=" + account.get().gid(),
                    "--init-groups",
                    "--"));
        }
        return launcher;
    }
}
