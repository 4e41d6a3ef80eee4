package io.weir.filter;

import io.weir.schemas.FileEvent;
import io.weir.schemas.topic.EventId;

/** What is said of an event that was judged. */
interface Judged {
    /** {@code agent:epoch:sequence}. */
    String id();

    String type();

    String volume();

    String path();

    /** Builds the record. */
    FileEvent record();

    /** Of a record. */
    static Judged of(FileEvent event) {
        return new Judged() {
            @Override
            public String id() {
                return EventId.of(event).toString();
            }

            @Override
            public String type() {
                return event.getType();
            }

            @Override
            public String volume() {
                return event.getVolume();
            }

            @Override
            public String path() {
                return event.getPath();
            }

            @Override
            public FileEvent record() {
                return event;
            }
        };
    }
}
