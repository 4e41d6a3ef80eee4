package io.weir.worker.qumulo;

import io.weir.qumulo.client.rest.ClusterAccess;
import io.weir.schemas.topic.VolumeName;
import io.weir.worker.WorkerVolume;
import io.weir.worker.files.ReservedPaths;
import io.weir.worker.files.VolumePath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A volume that a worker serves by its cluster's REST API. Valid once made; holds the names of files with secrets, never
 * secrets.
 *
 * @param volume its name
 * @param access the cluster, who we are to it, and by what it is known
 * @param root the directory on the cluster that is the volume's root, absolute
 * @param marks the directory that the volume's agent of record reads marks from, in {@link ReservedPaths#TOP}
 * @param mount where it is mounted on this host besides, for programs; empty if it is not
 * @param watch what its agent reports
 */
public record ClusterVolume(
        String volume, ClusterAccess access, String root, String marks, Optional<Path> mount, Watch watch)
        implements WorkerVolume {
    /**
     * What the volume's agent is to report, as the settings that both share say it; a worker goes by none of it.
     *
     * @param paths directories; empty: all
     * @param types of Change Notify; empty: the usual ones
     * @param excludes globs
     */
    public record Watch(List<String> paths, List<String> types, List<String> excludes) {
        public static final Watch ALL = new Watch(List.of(), List.of(), List.of());

        public Watch {
            paths = List.copyOf(paths);
            types = List.copyOf(types);
            excludes = List.copyOf(excludes);
        }
    }

    /** With an agent that reports all. */
    public ClusterVolume(String volume, ClusterAccess access, String root, String marks, Optional<Path> mount) {
        this(volume, access, root, marks, mount, Watch.ALL);
    }

    /** @throws IllegalArgumentException naming all faults, one a line */
    public ClusterVolume {
        VolumeName.requireValid(volume);
        List<String> faults = new ArrayList<>();
        root = root.length() > 1 && root.endsWith("/") ? root.substring(0, root.length() - 1) : root;
        Optional<String> rootFault = root.equals("/") ? Optional.empty() : VolumePath.fault(root);
        if (rootFault.isPresent()) {
            faults.add(
                    "root='" + root + "' " + rootFault.get() + "; expected a directory on the cluster, such as /home");
        }
        if (VolumePath.fault(marks).isPresent()
                || !VolumePath.parent(marks).equals(ReservedPaths.TOP)
                || marks.equals(ReservedPaths.STAGING)) {
            faults.add("marks='" + marks + "': expected a directory in " + ReservedPaths.TOP + " other than "
                    + ReservedPaths.STAGING + ", such as " + ReservedPaths.MARKS);
        }
        mount = mount.map(path -> path.toAbsolutePath().normalize());
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", faults));
        }
    }

    @Override
    public String kind() {
        return "qumulo";
    }

    /** All of a cluster, with the usual directory for marks. */
    public static ClusterVolume of(String volume, ClusterAccess access) {
        return new ClusterVolume(volume, access, "/", ReservedPaths.MARKS, Optional.empty());
    }
}
