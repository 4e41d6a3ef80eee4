package io.weir.worker;

import io.weir.schemas.topic.VolumeName;
import java.nio.file.Path;

/**
 * A volume that a worker serves from where it is mounted.
 *
 * @param volume its name
 * @param root where it is mounted on this host
 * @param marks the marks directory that the volume's agent of record watches
 */
public record VolumeMount(String volume, Path root, Path marks) implements WorkerVolume {
    public VolumeMount {
        VolumeName.requireValid(volume);
        root = root.toAbsolutePath().normalize();
        marks = marks.toAbsolutePath().normalize();
    }

    @Override
    public String kind() {
        return "mounted";
    }
}
