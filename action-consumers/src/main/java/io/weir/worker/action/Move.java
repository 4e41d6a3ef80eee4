package io.weir.worker.action;

/** {@code move: {to: /archive/}}: as {@link Rename}; a path with a slash at its end is a directory, where the name is kept. */
public final class Move extends Relocation {
    public Move() {
        super(new DestinationParameter(
                "to",
                "The new path, absolute within the volume, with placeholders; with a slash at its end, the directory to go"
                        + " to."));
    }

    @Override
    public String name() {
        return "move";
    }

    @Override
    public String summary() {
        return "Moves a file or directory to another path or into another directory of its volume.";
    }
}
