package io.weir.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;

/** The log on standard error, one line an entry; it shows less than the loggers let through, which may be for a file. */
final class LogConsole extends ConsoleAppender<ILoggingEvent> {
    static final String NAME = "console";
    private static final String LINE = "weir: %level %logger{0}: %msg %kvp%n";

    private volatile Level weir = Level.WARN;
    private volatile Level kafka = Level.OFF;

    LogConsole(LoggerContext context) {
        setContext(context);
        setName(NAME);
        setTarget("System.err");
        setEncoder(Logs.encoder(context, LINE + "%nopex"));
    }

    /** What to show from now on. */
    void show(Level ofWeir, Level ofKafka, boolean stackTraces) {
        weir = ofWeir;
        kafka = ofKafka;
        setEncoder(Logs.encoder((LoggerContext) getContext(), LINE + (stackTraces ? "%ex" : "%nopex")));
    }

    @Override
    protected void append(ILoggingEvent event) {
        Level wanted = LogConfiguration.isKafka(event.getLoggerName()) ? kafka : weir;
        if (event.getLevel().isGreaterOrEqual(wanted)) {
            super.append(event);
        }
    }
}
