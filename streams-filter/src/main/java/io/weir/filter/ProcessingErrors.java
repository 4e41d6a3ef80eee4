package io.weir.filter;

import io.weir.schemas.topic.Topics;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record of a global topic that cannot be processed is passed over, so that one bad rule does not stop the filter. An
 * event that cannot be processed stops the run, which is repeated from the last commit: nothing is passed over.
 */
public final class ProcessingErrors implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessingErrors.class);

    /** Made by Kafka Streams. */
    public ProcessingErrors() {}

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (context.topic().equals(Topics.FILE_EVENTS)) {
            return Response.fail();
        }
        LOG.atError()
                .addKeyValue("topic", context.topic())
                .addKeyValue("offset", context.offset())
                .setCause(exception)
                .log("Passed over a record that could not be processed");
        return Response.resume();
    }

    @Override
    public void configure(Map<String, ?> configs) {}
}
