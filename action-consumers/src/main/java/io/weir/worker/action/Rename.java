package io.weir.worker.action;

/** {@code rename: {to: TEMPLATE}}: gives a file another path within its volume. */
public final class Rename extends Relocation {
    public Rename() {
        super(new PathParameter(
                "to",
                "The new path, absolute within the volume, with placeholders such as {event.directory}/{event.stem}."));
    }

    @Override
    public String name() {
        return "rename";
    }

    @Override
    public String summary() {
        return "Gives a file or directory another path within its volume.";
    }
}
