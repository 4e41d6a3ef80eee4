package io.weir.it.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The clock of a process, to be set while it runs, by Debian's {@code libfaketime}. Only the clock of the wall: the monotonic
 * one goes on, as it does when an administrator or NTP sets the time.
 */
final class ClockShift {
    private static final Optional<Path> LIBRARY = Stream.of("x86_64", "aarch64")
            .map(machine -> Path.of("/usr/lib/" + machine + "-linux-gnu/faketime/libfaketimeMT.so.1"))
            .filter(Files::exists)
            .findFirst();

    private final Path control;

    /** @param directory where it keeps what the process reads its clock's error from */
    ClockShift(Path directory, String name) {
        control = directory.resolve(name + ".clock");
        set(Duration.ZERO);
    }

    /** Whether clocks can be set here. */
    static boolean isPossible() {
        return LIBRARY.isPresent();
    }

    /** By how much it is wrong from now on; seen by the process within a second. */
    void set(Duration error) {
        try {
            Path next = Files.writeString(
                    control.resolveSibling(control.getFileName() + ".next"),
                    (error.isNegative() ? "-" : "+") + error.abs().toSeconds() + "s\n");
            Files.move(next, control, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For the environment of the process. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                LIBRARY.orElseThrow(() -> new IllegalStateException("no libfaketime; try 'apt install libfaketime'"))
                        .toString(),
                "FAKETIME_TIMESTAMP_FILE",
                control.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // With it, waiting for a condition returns at once, on the clock that is not shifted.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "FAKETIME_DISABLE_SHM",
                "1",
                "NO_FAKE_STAT",
                "1");
    }
}
