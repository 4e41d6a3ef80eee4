package io.weir.cli.qumulo;

import io.weir.agent.qumulo.NotifyTypes;
import io.weir.agent.qumulo.QumuloConfig;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.cluster.QumuloAccessOptions;
import io.weir.qumulo.client.rest.ClusterAccess;
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
            required = true,
            order = 1,
            description =
                    "https://HOST:8000 of a node or floating address. Repeatable: when one fails, the next is asked.")
    private List<String> cluster = new ArrayList<>();

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
        ClusterAccess way = access.access(cluster, "--cluster", context);
        try {
            QumuloConfig defaults = QumuloConfig.of(way);
            return new QumuloConfig(
                    way,
                    paths.isEmpty() ? defaults.paths() : paths,
                    volume == null ? defaults.volume() : volume,
                    types.isEmpty() ? NotifyTypes.DEFAULT : types,
                    excludes);
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }
}
