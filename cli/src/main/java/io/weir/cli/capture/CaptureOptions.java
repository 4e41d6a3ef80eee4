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
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Directories and single files to watch. A file is watched by its name, whatever file has it.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            order = 1,
            description = "Also watch all directories below.")
    private boolean recursive;

    @Option(
            names = {"-i", "--watchlist"},
            paramLabel = "FILE",
            order = 2,
            description = "A file with more paths to watch, one a line; '#' begins a comment. They need not be there"
                    + " yet, and may come and go.")
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
            paramLabel = "GLOB",
            order = 5,
            description =
                    "Files and directories not to watch, though they lie below a watched one: a name anywhere (*.tmp,"
                            + " node_modules), or a path with a slash in it (/srv/in/**/cache).")
    private List<String> excluded = new ArrayList<>();

    @Option(
            names = "--coalesce",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "100ms",
            order = 8,
            description = "Runs of 'modified' on one file within this become one event (default: 100ms).")
    private Duration coalesce = Duration.ofMillis(100);

    @Option(
            names = "--initial",
            paramLabel = "KIND",
            defaultValue = "none",
            order = 9,
            description =
                    "What to tell of the files that are there at the very first start: none (default), or emit: each"
                            + " as created.")
    private InitialScan initial = InitialScan.NONE;

    @Option(
            names = "--no-baseline",
            order = 10,
            description = "Do not remember the tree; changes during a stop or an overflow are then not found.")
    private boolean noBaseline;

    @Mixin
    private PollOptions poll = new PollOptions();

    CaptureOptions(CommandContext context) {
        this.context = context;
    }

    /**
     * The agent's configuration with these options.
     *
     * @param base id, host, data directory
     * @param notes takes what people should know of it
     * @throws CommandException if there is nothing to watch, a path does not exist, or a glob is none
     */
    InotifyAgentConfig over(AgentConfig base, Consumer<String> notes) {
        AgentConfig agent = base.withVersion(Version.number())
                .withActivities(flags.activities())
                .withCoalesce(coalesce)
                .withInitial(initial)
                .withBaseline(!noBaseline);
        Exclusions exclusions = Exclusions.of(excluded, context);
        List<WatchRoot> roots = roots(base.host(), notes);
        return new InotifyAgentConfig(
                agent,
                roots,
                exclusions.paths(),
                exclusions.hidden(),
                poll.polling(context),
                exclusions.inVolumes(roots));
    }

    private List<WatchRoot> roots(String host, Consumer<String> notes) {
        WatchRoots roots = new WatchRoots(VolumeMap.parse(volumes, host, context), recursive);
        roots.add(
                paths.stream().map(path -> WatchablePath.resolve(path, context)).toList());
        if (watchlist != null) {
            roots.await(Watchlist.read(context.resolve(watchlist), watchlist, context, notes));
        }
        List<WatchRoot> all = roots.all();
        if (all.isEmpty()) {
            throw new CommandException(
                    "nothing to watch; expected directories or files, --volume NAME=DIR, or --watchlist FILE");
        }
        return all;
    }
}
