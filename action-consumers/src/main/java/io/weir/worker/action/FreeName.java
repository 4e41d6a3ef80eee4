package io.weir.worker.action;

import io.weir.posix.PathText;
import io.weir.rules.text.PathParts;
import io.weir.worker.ActionContext;
import io.weir.worker.ActionException;
import io.weir.worker.VolumeFiles;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Numbers for names that are taken: {@code a.zip} becomes {@code a.1.zip}, so that it keeps its extension; {@code a} and
 * directories get the number at their end.
 */
final class FreeName {
    /** The attempt before may have died and taken no number, so one failure is not yet a contest. */
    private static final int SPREAD_FROM = 3;

    private static final int HIGHEST = 1 << 24;

    private FreeName() {}

    /**
     * The path itself if it is free, else with a number that is: about the lowest, found in some 2 log2(n) look-ups. If another
     * takes it meanwhile, the step fails, and the next attempt looks again; after two it may be one of many that want the same
     * name, and no longer takes the very next, but one that its id and number decide.
     *
     * @param directory whether it is for a directory, which has no extension
     * @param context of the attempt that wants it
     */
    static String of(VolumeFiles files, String wanted, boolean directory, ActionContext context)
            throws IOException, ActionException {
        if (files.find(wanted).isEmpty()) {
            return wanted;
        }
        int taken = 0;
        int free = 1;
        while (files.find(numbered(wanted, directory, free)).isPresent()) {
            if (free == HIGHEST) {
                throw ActionException.failed("path='" + PathText.display(wanted) + "' and " + HIGHEST
                        + " numbered names beside it are taken; empty the directory, or make the name unique");
            }
            taken = free;
            free *= 2;
        }
        while (free - taken > 1) {
            int middle = (taken + free) >>> 1;
            if (files.find(numbered(wanted, directory, middle)).isPresent()) {
                taken = middle;
            } else {
                free = middle;
            }
        }
        if (context.attempt() < SPREAD_FROM) {
            return numbered(wanted, directory, free);
        }
        int number = free + spread(context.request().getId(), context.attempt());
        while (files.find(numbered(wanted, directory, number)).isPresent()) {
            number++;
        }
        return numbered(wanted, directory, number);
    }

    private static int spread(String action, int attempt) {
        return new SplittableRandom(31L * action.hashCode() + attempt).nextInt(1 << Math.min(2 * attempt, 12));
    }

    /** Whether a path is the one wanted, or that with a number. */
    static boolean isOf(String wanted, boolean directory, String path) {
        if (path.equals(wanted)) {
            return true;
        }
        String extension = directory ? "" : PathParts.extension(wanted);
        String end = extension.isEmpty() ? "" : "." + extension;
        String start = extension.isEmpty() ? wanted + "." : wanted.substring(0, wanted.length() - extension.length());
        return path.length() > start.length() + end.length()
                && path.startsWith(start)
                && path.endsWith(end)
                && path.substring(start.length(), path.length() - end.length())
                        .chars()
                        .allMatch(c -> c >= '0' && c <= '9');
    }

    private static String numbered(String path, boolean directory, int number) {
        String extension = directory ? "" : PathParts.extension(path);
        return extension.isEmpty()
                ? path + "." + number
                : path.substring(0, path.length() - extension.length()) + number + "." + extension;
    }
}
