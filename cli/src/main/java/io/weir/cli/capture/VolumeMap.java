package io.weir.cli.capture;

import io.weir.agent.inotify.WatchRoot;
import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.schemas.topic.VolumeName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which directory of this host is which volume. */
public final class VolumeMap {
    /** A volume and the directory that is its root. */
    public record Volume(String name, Path directory) {
        /** The whole volume, to be watched. */
        WatchRoot asRoot(boolean recursive) {
            return WatchRoot.ofVolume(name, directory, recursive);
        }
    }

    private final List<Volume> volumes;
    private final String hostVolume;

    private VolumeMap(List<Volume> volumes, String hostVolume) {
        this.volumes = volumes;
        this.hostVolume = hostVolume;
    }

    /**
     * Reads {@code NAME=DIR} texts.
     *
     * @throws CommandException if one is not of that form, names no directory, or a name comes twice
     */
    public static VolumeMap parse(List<String> texts, String host, CommandContext context) {
        List<Volume> volumes = new ArrayList<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 0 || !VolumeName.isValid(text.substring(0, equals))) {
                throw new CommandException(
                        "--volume='" + text + "': expected NAME=DIR, where the name has 1 to 63 of a-z, 0-9 and '-'");
            }
            String name = text.substring(0, equals);
            if (volumes.stream().anyMatch(volume -> volume.name().equals(name))) {
                throw new CommandException(
                        "--volume='" + text + "': the volume '" + name + "' is given twice; expected once");
            }
            volumes.add(new Volume(name, WatchableDirectory.resolve(text.substring(equals + 1), context)));
        }
        return new VolumeMap(volumes, VolumeName.from(host));
    }

    public List<Volume> volumes() {
        return List.copyOf(volumes);
    }

    /** Where a directory lies: on the innermost volume that contains it, else on the host's own. */
    WatchRoot root(Path directory, boolean recursive) {
        Optional<Volume> volume = volumes.stream()
                .filter(candidate -> directory.startsWith(candidate.directory()))
                .max(Comparator.comparing(candidate -> candidate.directory().getNameCount()));
        if (volume.isEmpty()) {
            return WatchRoot.ofHost(hostVolume, directory, recursive);
        }
        String below = volume.get().directory().relativize(directory).toString();
        return new WatchRoot(volume.get().name(), "/" + below, directory, recursive);
    }

    /** The volumes that none of these lies on. */
    List<Volume> unused(List<WatchRoot> roots) {
        return volumes.stream()
                .filter(volume -> roots.stream().noneMatch(root -> root.volume().equals(volume.name())))
                .toList();
    }
}
