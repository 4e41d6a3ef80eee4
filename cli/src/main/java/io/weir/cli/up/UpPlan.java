package io.weir.cli.up;

import io.weir.agent.inotify.Polling;
import io.weir.cli.CommandException;
import io.weir.cli.rule.file.RuleFiles;
import io.weir.rules.RuleFile;
import io.weir.schemas.connect.KafkaConnection;
import io.weir.worker.qumulo.ClusterVolume;
import io.weir.worker.settings.WorkerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an instance is to do, checked.
 *
 * @param directories what is watched, each a volume
 * @param rules the rules to put in force at the start
 * @param data the data directory, absolute
 * @param cluster Kafka and registry to use; empty: the embedded ones
 * @param worker what the worker allows
 * @param polling what is compared again and again
 */
record UpPlan(
        List<WatchedDirectory> directories,
        Optional<StartRules> rules,
        Path data,
        Optional<KafkaConnection> cluster,
        WorkerSettings worker,
        Polling polling) {
    UpPlan {
        directories = List.copyOf(directories);
        WatchedDirectory.requireDistinct(directories);
        for (ClusterVolume volume : worker.volumes()) {
            if (directories.stream().anyMatch(watched -> watched.volume().equals(volume.volume()))) {
                throw new CommandException("volume '" + volume.volume()
                        + "' is given by --watch and by 'volumes' in the" + " worker's settings; expected once");
            }
        }
        for (WatchedDirectory watched : directories) {
            if (watched.directory().startsWith(data)) {
                throw new CommandException("--watch: '" + watched.directory() + "' lies in the data directory '" + data
                        + "', which is never watched; expected another directory");
            }
        }
    }

    /**
     * Rules to put in force at the start.
     *
     * @param shown the file as the user knows it
     * @param file its rules, without faults
     * @param onlyIfNone whether only an instance that has never had rules gets them
     */
    record StartRules(Path shown, RuleFile file, boolean onlyIfNone) {
        /** Rules that the user has named: put in force at each start. */
        static StartRules named(Path absolute, Path shown) {
            return new StartRules(shown, RuleFiles.read(absolute, shown), false);
        }

        /** Rules to begin with: what has been made of them since stays. */
        static StartRules initial(Path absolute, Path shown) {
            return new StartRules(shown, RuleFiles.read(absolute, shown), true);
        }
    }

    /** The volumes' names. */
    List<String> volumes() {
        return directories.stream().map(WatchedDirectory::volume).toList();
    }
}
