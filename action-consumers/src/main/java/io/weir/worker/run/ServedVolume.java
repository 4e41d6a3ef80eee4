package io.weir.worker.run;

import io.weir.worker.VolumeFiles;

/** A volume with its files and its marks. */
record ServedVolume(VolumeFiles files, FileLookup lookup, MarkFiles marks) {
    String name() {
        return files.volume();
    }
}
