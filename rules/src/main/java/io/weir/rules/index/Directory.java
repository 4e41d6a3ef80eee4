package io.weir.rules.index;

import io.weir.rules.Rule;
import io.weir.rules.text.RegionMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A directory in the tree that the index is: rules anchored there, and directories below that have some. Immutable. */
final class Directory {
    private final int types;
    private final @Nullable Bucket below;
    private final @Nullable Bucket directlyIn;
    private final @Nullable RegionMap<Directory> children;

    private Directory(@Nullable Bucket below, @Nullable Bucket directlyIn, Map<String, Directory> children) {
        this.below = below;
        this.directlyIn = directlyIn;
        this.children = children.isEmpty() ? null : RegionMap.exact(children);
        int all = (below == null ? 0 : below.types()) | (directlyIn == null ? 0 : directlyIn.types());
        for (Directory child : children.values()) {
            all |= child.types;
        }
        this.types = all;
    }

    /** Walks down along the event's path, from this directory as the root. */
    void probe(Probe probe) {
        Directory directory = this;
        String path = probe.path();
        int nameStart = probe.nameStart();
        int from = 1;
        while ((directory.types & probe.type()) != 0) {
            if (directory.below != null) {
                directory.below.probe(probe);
            }
            if (from >= nameStart) {
                if (directory.directlyIn != null) {
                    directory.directlyIn.probe(probe);
                }
                return;
            }
            if (directory.children == null) {
                return;
            }
            int to = path.indexOf('/', from);
            Directory child = directory.children.get(path, from, to, RegionMap.hash(path, from, to));
            if (child == null) {
                return;
            }
            directory = child;
            from = to + 1;
        }
    }

    /** Collects rules. */
    static final class Builder {
        private final Map<String, Builder> children = new HashMap<>();
        private Bucket.@Nullable Builder below;
        private Bucket.@Nullable Builder directlyIn;

        void add(Anchor anchor, Rule rule) {
            Builder directory = this;
            for (String segment : anchor.directory().substring(1).split("/", -1)) {
                if (!segment.isEmpty()) {
                    directory = directory.children.computeIfAbsent(segment, s -> new Builder());
                }
            }
            directory.bucket(anchor.directlyIn()).add(anchor.key(), rule);
        }

        private Bucket.Builder bucket(boolean direct) {
            Bucket.Builder bucket = direct ? directlyIn : below;
            if (bucket == null) {
                bucket = new Bucket.Builder();
                if (direct) {
                    directlyIn = bucket;
                } else {
                    below = bucket;
                }
            }
            return bucket;
        }

        Directory build() {
            Map<String, Directory> built = new HashMap<>();
            children.forEach((segment, child) -> built.put(segment, child.build()));
            return new Directory(
                    below == null ? null : below.build(), directlyIn == null ? null : directlyIn.build(), built);
        }
    }
}
