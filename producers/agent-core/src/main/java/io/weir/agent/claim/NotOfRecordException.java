package io.weir.agent.claim;

/** Another agent is of record for what this one watches, so this one delivers nothing. */
public final class NotOfRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean sameId;

    NotOfRecordException(String message, boolean sameId) {
        super(message);
        this.sameId = sameId;
    }

    /** Whether it is so because the other has the same id; else, because it watches the same files. */
    public boolean sameId() {
        return sameId;
    }
}
