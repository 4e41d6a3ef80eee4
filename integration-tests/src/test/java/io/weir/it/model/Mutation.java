package io.weir.it.model;

/** Safeguards outside the agent that tests take away one at a time, to show that the model then finds a violation. */
enum Mutation {
    /** The ledger does not know what is over or begun. */
    LEDGER_FORGETS,
    /** What an earlier attempt declared is not considered. */
    EARLIER_ATTEMPTS_UNSEEN,
    /** The begin mark is put when the first step is done. */
    BEGIN_MARK_LATE,
    /** No end mark after a failure. */
    END_MARK_OMITTED,
    /** Steps take any file that has the path. */
    FILE_ID_UNCHECKED,
    /** The filter does not look at causation headers. */
    HEADERS_IGNORED,
    /** What an agent sends again is judged again. */
    RESENT_JUDGED
}
