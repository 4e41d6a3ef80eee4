package io.weir.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/** What of the log the console shows, while a log file may be given more. */
final class ConsoleFilter extends Filter<ILoggingEvent> {
    private volatile Level weir = Level.WARN;
    private volatile Level kafka = Level.OFF;

    void show(Level ofWeir, Level ofKafka) {
        weir = ofWeir;
        kafka = ofKafka;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        Level wanted = isKafka(event.getLoggerName()) ? kafka : weir;
        return event.getLevel().isGreaterOrEqual(wanted) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private static boolean isKafka(String logger) {
        return LogConfiguration.KAFKA.stream().anyMatch(logger::startsWith);
    }
}
