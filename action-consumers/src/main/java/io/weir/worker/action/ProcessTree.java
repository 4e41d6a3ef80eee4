package io.weir.worker.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Kills a program with all that it started: its descendants, and, since a daemon that was disowned is no descendant any
 * more, every process that carries the action's id in its environment. (A process may hide by clearing its environment;
 * a control group would catch that too, but needs a privilege and a writable hierarchy.)
 */
final class ProcessTree {
    private static final int ROUNDS = 5;
    private static final long KILL_MILLIS = 2_000;

    private ProcessTree() {}

    static void kill(Process process, String actionId) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        // What was forked while we killed shows up in the next round.
        for (int round = 0; round < ROUNDS; round++) {
            List<ProcessHandle> left = carrying(actionId);
            if (left.isEmpty()) {
                break;
            }
            left.forEach(ProcessHandle::destroyForcibly);
            left.forEach(ProcessTree::awaitEnd);
        }
        awaitEnd(process.toHandle());
    }

    private static void awaitEnd(ProcessHandle handle) {
        var unused = handle.onExit()
                .completeOnTimeout(handle, KILL_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static List<ProcessHandle> carrying(String actionId) {
        byte[] marker = ("WEIR_ACTION_ID=" + actionId).getBytes(UTF_8);
        long self = ProcessHandle.current().pid();
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            for (Path directory : processes) {
                long pid = Long.parseLong(directory.getFileName().toString());
                if (pid != self && environmentContains(directory, marker)) {
                    ProcessHandle.of(pid).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    /** Entries of {@code environ} end with a NUL (proc(5)). */
    private static boolean environmentContains(Path process, byte[] marker) {
        byte[] environment;
        try {
            environment = Files.readAllBytes(process.resolve("environ"));
        } catch (IOException e) {
            return false; // It has ended, or belongs to another user and so is none of ours.
        }
        for (int start = 0; start < environment.length; ) {
            int end = start;
            while (end < environment.length && environment[end] != 0) {
                end++;
            }
            if (Arrays.equals(environment, start, end, marker, 0, marker.length)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }
}
