package io.weir.agent.inotify;

import io.weir.agent.source.Place;

/** The top of a tree. */
final class RootNode extends DirectoryNode {
    final WatchRoot root;
    final String hostPath;
    private final String prefix;

    /** The device that it was on when it was last looked at. */
    long lastDevice = -1;

    RootNode(int id, WatchRoot root) {
        super(id, null, "");
        this.root = root;
        hostPath = root.directory().toString();
        prefix = root.pathInVolume().equals("/") ? "" : root.pathInVolume();
    }

    boolean recursive() {
        return root.recursive();
    }

    /** Whether an entry directly in it is not asked for. */
    boolean hides(String entry) {
        return root.isOfFiles() && !root.names().contains(entry);
    }

    Place place(String suffix) {
        return new Place(root.volume(), suffix.isEmpty() ? root.pathInVolume() : prefix + suffix);
    }

    String hostPath(String suffix) {
        return hostPath.equals("/") && !suffix.isEmpty() ? suffix : hostPath + suffix;
    }
}
