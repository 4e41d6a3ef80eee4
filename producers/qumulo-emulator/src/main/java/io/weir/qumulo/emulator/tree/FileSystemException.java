package io.weir.qumulo.emulator.tree;

/** What a change or a look-up is refused with; the tree is then as before. */
public final class FileSystemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FsError error;

    FileSystemException(FsError error, String description) {
        super(description);
        this.error = error;
    }

    public FsError error() {
        return error;
    }
}
