package io.weir.cli.cluster;

import io.weir.cli.CommandException;
import io.weir.cli.Failures;
import io.weir.worker.settings.SettingsException;
import io.weir.worker.settings.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a worker's settings file, and says all that is wrong with one. */
public final class WorkerFile {
    private WorkerFile() {}

    /**
     * Reads a file that has no faults.
     *
     * @param file absolute
     * @param shown as the user named it, for messages
     * @throws CommandException if it cannot be read, or with all of its faults
     */
    public static WorkerSettings read(Path file, Path shown) {
        try {
            return WorkerSettings.load(file);
        } catch (SettingsException e) {
            throw new CommandException("worker settings file='" + shown + "' has faults:\n" + e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException(
                    "worker settings file='" + shown + "' cannot be read: " + Failures.describe(e), e);
        }
    }
}
