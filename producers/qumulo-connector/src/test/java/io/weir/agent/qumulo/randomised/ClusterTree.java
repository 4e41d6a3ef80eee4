package io.weir.agent.qumulo.randomised;

import io.weir.qumulo.emulator.QumuloEmulator;
import io.weir.qumulo.emulator.tree.Inode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The tree of an emulated cluster as it is, to hold what was told against. */
public final class ClusterTree {
    private static final String OWN = "/.weir";

    private ClusterTree() {}

    /** All paths, without a slash at their ends, but for the root and Weir's own. */
    public static Set<String> paths(QumuloEmulator cluster) {
        var paths = new TreeSet<String>();
        cluster.tree().state().paths().keySet().forEach(path -> paths.add(path.replaceAll("(?<=.)/$", "")));
        paths.removeIf(path -> path.equals("/") || path.equals(OWN) || path.startsWith(OWN + "/"));
        return paths;
    }

    /**
     * Files whose state, as it was told last, is not what they have, or was not told.
     *
     * @param toldOf what was told of a file, by its id; for messages
     */
    public static List<String> differingStates(QumuloEmulator cluster, ToldTree told, Function<String, String> toldOf) {
        List<String> differing = new ArrayList<>();
        told.files().forEach((path, last) -> {
            Inode is = cluster.tree().state().find(path).orElseThrow();
            if (!last.map(state -> state.getSize() == is.size()
                            && state.getMode() == is.attributes().mode())
                    .orElse(false)) {
                differing.add(path + " of " + is.id() + ": is " + is.size() + " bytes, mode "
                        + Integer.toOctalString(is.attributes().mode()) + "; told:\n"
                        + toldOf.apply(String.valueOf(is.id())));
            }
        });
        return differing;
    }
}
