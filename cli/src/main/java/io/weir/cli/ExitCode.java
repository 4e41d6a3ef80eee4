package io.weir.cli;

/** What the exit codes of all commands mean. */
public final class ExitCode {
    public static final int OK = 0;
    /** The command could not do what it was asked to. */
    public static final int FAILED = 1;
    /** The arguments are wrong. */
    public static final int USAGE = 2;
    /** A dry run found differences, or a check something amiss. */
    public static final int DIFFERENCES = 3;

    private ExitCode() {}
}
