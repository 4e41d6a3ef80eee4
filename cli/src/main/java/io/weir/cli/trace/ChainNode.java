package io.weir.cli.trace;

import java.util.List;

/** An entry with what followed from it, in the order of log time. */
record ChainNode(Entry entry, List<ChainNode> children) {
    ChainNode {
        children = List.copyOf(children);
    }
}
