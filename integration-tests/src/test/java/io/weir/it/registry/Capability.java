package io.weir.it.registry;

/** What Confluent's registry does and another may do in a way of its own, which the contract then tests. */
enum Capability {
    /** Nobody has configured it: it demands BACKWARD. Apicurio: NONE. */
    BACKWARD_BY_DEFAULT,
    /** A subject without a level of its own is 40408. Apicurio: NONE, or 40401 if the subject does not exist. */
    TELLS_UNSET_LEVELS,
    /** A level is answered as it was put, and 42203 if it is none. Apicurio: as it is got, and 500. */
    CHECKS_LEVELS,
    /** A subject's NONE overrides the global level. Apicurio: it does not, and is 40401 before there is a first version. */
    NONE_OF_A_SUBJECT,
    /** A check says on request why a schema is not compatible. Apicurio: only the refusal to register it does. */
    REASONS_OF_CHECKS,
    /** A version that is no number is 42202. Apicurio: one that does not exist. */
    CHECKS_VERSIONS,
    /** An empty text is no schema. Apicurio: it is taken. */
    REFUSES_EMPTY_TEXT,
    /** Answers in the API's media type. Apicurio: in plain JSON. */
    OWN_MEDIA_TYPE
}
