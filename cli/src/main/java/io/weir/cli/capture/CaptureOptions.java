package io.weir.cli.capture;

import io.weir.agent.AgentConfig;
import io.weir.agent.AgentConfig.Activity;
import io.weir.agent.AgentConfig.InitialScan;
import io.weir.agent.inotify.InotifyAgentConfig;
import io.weir.agent.inotify.WatchRoot;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.Version;
import io.weir.cli.instance.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to watch, and what of it to tell. */
final class CaptureOptions {
    private final CommandContext context;

    enum Flags {
        READ,
        WRITE,
        ALL;

        private Set<Activity> activities() {
            return switch (this) {
                case READ -> Set.of(Activity.READ);
                case WRITE -> Set.of(Activity.WRITE);
                case ALL -> Set.of(Activity.READ, Activity.WRITE);
            };
        }
    }

    @Parameters(paramLabel = "DIR", arity = "0..*", description = "Directories to watch.")
    private List<String> directories = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            order = 1,
            description = "Also watch all directories below.")
    private boolean recursive;

    @Option(
            names = {"-i", "--watchlist"},
            paramLabel = "FILE",
            order = 2,
            description = "A file with more directories to watch, one a line; '#' begins a comment.")
    private @Nullable Path watchlist;

    @Option(
            names = {"-f", "--flags"},
            paramLabel = "KIND",
            defaultValue = "write",
            order = 3,
            description = "write (default): created, modified, written, attributes-changed, moved*, deleted;"
                    + " read: opened, read, closed; all: both.")
    private Flags flags = Flags.WRITE;

    @Option(
            names = "--volume",
            paramLabel = "NAME=DIR",
            order = 4,
            description =
                    "A directory that is a volume: paths in it start there. Directories outside all of these belong"
                            + " to the volume of this host and have its absolute paths.")
    private List<String> volumes = new ArrayList<>();

    @Option(
            names = "--exclude",
            paramLabel = "DIR",
            order = 5,
            description = "A directory not to watch, though it lies below a watched one.")
    private List<Path> excluded = new ArrayList<>();

    @Option(
            names = "--coalesce",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "100ms",
            order = 6,
            description = "Runs of 'modified' on one file within this become one event (default: 100ms).")
    private Duration coalesce = Duration.ofMillis(100);

    @Option(
            names = "--initial",
            paramLabel = "KIND",
            defaultValue = "none",
            order = 7,
            description =
                    "What to tell of the files that are there at the very first start: none (default), or emit: each"
                            + " as created.")
    private InitialScan initial = InitialScan.NONE;

    @Option(
            names = "--no-baseline",
            order = 8,
            description = "Do not remember the tree; changes during a stop or an overflow are then not found.")
    private boolean noBaseline;

    CaptureOptions(CommandContext context) {
        this.context = context;
    }

    /**
     * The agent's configuration with these options.
     *
     * @param base id, host, data directory
     * @throws CommandException if there is nothing to watch, or a directory does not exist
     */
    InotifyAgentConfig over(AgentConfig base) {
        AgentConfig agent = base.withVersion(Version.number())
                .withActivities(flags.activities())
                .withCoalesce(coalesce)
                .withInitial(initial)
                .withBaseline(!noBaseline);
        Set<Path> hidden = new HashSet<>();
        excluded.forEach(directory -> hidden.add(context.resolve(directory)));
        return new InotifyAgentConfig(agent, roots(base.host()), hidden);
    }

    private List<WatchRoot> roots(String host) {
        VolumeMap map = VolumeMap.parse(volumes, host, context);
        List<WatchRoot> roots = new ArrayList<>();
        for (String directory : directories) {
            roots.add(map.root(WatchableDirectory.resolve(directory, context), recursive));
        }
        if (watchlist != null) {
            Watchlist.read(context.resolve(watchlist), watchlist, context)
                    .forEach(directory -> roots.add(map.root(directory, recursive)));
        }
        // A volume of which no directory is named is watched as a whole.
        map.unused(roots).forEach(volume -> roots.add(volume.asRoot(recursive)));
        if (roots.isEmpty()) {
            throw new CommandException(
                    "nothing to watch; expected directories, --volume NAME=DIR, or --watchlist FILE");
        }
        return roots;
    }
}
