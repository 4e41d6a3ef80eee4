package io.weir.worker;

/** A volume that a worker serves, and how it reaches its files. */
public interface WorkerVolume {
    /** Its name. */
    String volume();

    /** As {@code weir.volumes} has it: {@code mounted} or {@code qumulo}. */
    String kind();
}
