package io.weir.cli.cluster;

import io.weir.cli.CommandContext;
import io.weir.cli.CommandException;
import io.weir.cli.capture.VolumeMap;
import io.weir.cli.instance.HostName;
import io.weir.schemas.topic.VolumeName;
import io.weir.worker.VolumeMount;
import io.weir.worker.WorkerVolume;
import io.weir.worker.qumulo.ClusterVolume;
import io.weir.worker.settings.WorkerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The volumes that a worker serves: mounted ones and ones on clusters, from options and from its settings. */
final class ServedVolumes {
    private final List<VolumeMap.Volume> mounted;
    private final List<ClusterVolume> onClusters;

    private ServedVolumes(List<VolumeMap.Volume> mounted, List<ClusterVolume> onClusters) {
        this.mounted = List.copyOf(mounted);
        this.onClusters = List.copyOf(onClusters);
    }

    /**
     * Reads texts {@code NAME=DIR} and {@code NAME=URL}.
     *
     * @throws CommandException if one is neither, or a volume is given twice, also by the settings
     */
    static ServedVolumes of(
            List<String> texts, QumuloAccessOptions access, WorkerSettings settings, CommandContext context) {
        List<String> directories =
                texts.stream().filter(text -> !isOnCluster(text)).toList();
        List<VolumeMap.Volume> mounted =
                VolumeMap.parse(directories, HostName.local(), context).volumes();
        List<ClusterVolume> onClusters = new ArrayList<>(settings.volumes());
        for (String text : texts) {
            if (isOnCluster(text)) {
                onClusters.add(onCluster(text, access, context));
            }
        }
        Set<String> seen = new HashSet<>();
        for (String name : names(mounted, onClusters)) {
            if (!seen.add(name)) {
                throw new CommandException("volume '" + name + "' is given twice, by --volume or by 'volumes' in the"
                        + " worker's settings; expected once");
            }
        }
        return new ServedVolumes(mounted, onClusters);
    }

    private static boolean isOnCluster(String text) {
        String place = text.substring(text.indexOf('=') + 1);
        return place.startsWith("https://") || place.startsWith("http://");
    }

    private static ClusterVolume onCluster(String text, QumuloAccessOptions access, CommandContext context) {
        int equals = text.indexOf('=');
        String option = "--volume='" + text + "'";
        if (equals < 0 || !VolumeName.isValid(text.substring(0, equals))) {
            throw new CommandException(option + ": expected NAME=URL, where the name has 1 to 63 of a-z, 0-9 and '-'");
        }
        return ClusterVolume.of(text.substring(0, equals), access.access(text.substring(equals + 1), option, context));
    }

    private static List<String> names(List<VolumeMap.Volume> mounted, List<ClusterVolume> onClusters) {
        List<String> names = new ArrayList<>();
        mounted.forEach(volume -> names.add(volume.name()));
        onClusters.forEach(volume -> names.add(volume.volume()));
        return names;
    }

    /** Those that are mounted here. */
    List<String> mountedNames() {
        return names(mounted, List.of());
    }

    /** @param marks the marks directory on this host of a volume that is mounted */
    List<WorkerVolume> all(Function<String, Path> marks) {
        List<WorkerVolume> all = new ArrayList<>();
        mounted.forEach(
                volume -> all.add(new VolumeMount(volume.name(), volume.directory(), marks.apply(volume.name()))));
        all.addAll(onClusters);
        return List.copyOf(all);
    }
}
