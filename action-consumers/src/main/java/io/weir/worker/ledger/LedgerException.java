package io.weir.worker.ledger;

/** The ledger cannot be read or written. Nothing is wrong with the request at hand: it waits. */
public final class LedgerException extends RuntimeException {
    LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
