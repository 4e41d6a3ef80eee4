package io.weir.cli.doctor;

/**
 * What one check found.
 *
 * @param severity how bad it is
 * @param subject what was looked at, such as {@code inotify watches}
 * @param message what was found, with the figures
 * @param fix what to do, as exactly as can be told; empty if there is nothing to do
 */
record Finding(Severity severity, String subject, String message, String fix) {
    enum Severity {
        /** As it should be. */
        OK,
        /** Nothing would be missed, but it is good to know. */
        NOTE,
        /** Changes would be missed, or nothing would work. */
        BLIND
    }

    static Finding ok(String subject, String message) {
        return new Finding(Severity.OK, subject, message, "");
    }

    static Finding note(String subject, String message, String fix) {
        return new Finding(Severity.NOTE, subject, message, fix);
    }

    static Finding blind(String subject, String message, String fix) {
        return new Finding(Severity.BLIND, subject, message, fix);
    }
}
