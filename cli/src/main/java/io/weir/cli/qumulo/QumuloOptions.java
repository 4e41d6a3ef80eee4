package io.weir.cli.qumulo;

import io.weir.agent.qumulo.QumuloConfig;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.cluster.QumuloAccessOptions;
import io.weir.cli.cluster.WorkerFile;
import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.worker.qumulo.ClusterVolume;
import io.weir.worker.qumulo.ClusterVolume.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What of which cluster is watched. */
public final class QumuloOptions {
    @Option(
            names = "--cluster",
            paramLabel = "URL",
            order = 1,
            description =
                    "https://HOST:8000 of a node or floating address. Repeatable: when one fails, the next is asked.")
    private List<String> cluster = new ArrayList<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            order = 6,
            description =
                    "The settings of the cluster's workers: their 'volumes' say where the volume's cluster is, who we are"
                            + " to it, and what to report, in place of --cluster and what goes with it.")
    private @Nullable Path settings;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            order = 2,
            description = "Report only on what is below this directory. Repeatable (default: /).")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--volume",
            paramLabel = "NAME",
            order = 3,
            description = "The volume's name (default: that of the first host).")
    private @Nullable String volume;

    @Option(
            names = "--filter",
            paramLabel = "TYPES",
            split = ",",
            order = 4,
            description = "Event types of Change Notify, separated by commas (default: all but access times).")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "GLOB",
            order = 5,
            description = "Paths that are not reported, such as '**/*.tmp'. Repeatable.")
    private List<String> excludes = new ArrayList<>();

    @Mixin
    private QumuloAccessOptions access = new QumuloAccessOptions();

    /**
     * What the options say.
     *
     * @throws CommandException naming what is wrong
     */
    public QumuloConfig config(CommandContext context) {
        if (cluster.isEmpty() == (settings == null)) {
            throw new CommandException("expected --cluster https://HOST:8000, or --config with the volume's cluster");
        }
        return settings == null
                ? config(access.access(cluster, "--cluster", context), volume, Watch.ALL)
                : ofSettings(
                        WorkerFile.read(context.resolve(settings), settings).volumes());
    }

    private QumuloConfig ofSettings(List<ClusterVolume> volumes) {
        List<ClusterVolume> meant = volumes.stream()
                .filter(one -> volume == null || one.volume().equals(volume))
                .toList();
        if (meant.size() != 1) {
            throw new CommandException("--config='" + settings + "': expected "
                    + (volume == null ? "one volume in 'volumes', or --volume NAME" : "'" + volume + "' in 'volumes'")
                    + "; found " + volumes.stream().map(ClusterVolume::volume).toList());
        }
        ClusterVolume one = meant.get(0);
        ClusterVolume whole = ClusterVolume.of(one.volume(), one.access());
        if (!one.root().equals(whole.root()) || !one.marks().equals(whole.marks())) {
            throw new CommandException("--config='" + settings + "': volume '" + one.volume()
                    + "' has a 'root' or 'marks' of its own; an agent reports on the whole cluster, with marks in"
                    + " /.weir/marks; leave both out");
        }
        return config(one.access(), one.volume(), one.watch());
    }

    /** Options go before settings. */
    private QumuloConfig config(ClusterAccess way, @Nullable String name, Watch watch) {
        try {
            QumuloConfig defaults = QumuloConfig.of(way);
            return new QumuloConfig(
                    way,
                    firstOf(paths, watch.paths(), defaults.paths()),
                    name == null ? defaults.volume() : name,
                    firstOf(types, watch.types(), defaults.types()),
                    firstOf(excludes, watch.excludes(), defaults.excludes()));
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<String> firstOf(List<String> options, List<String> settings, List<String> defaults) {
        return !options.isEmpty() ? options : !settings.isEmpty() ? settings : defaults;
    }
}
