package io.weir.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.Closeable;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Log settings of the process: by default Weir's warnings on standard error, one line each, and nothing of Kafka's, whose
 * failures reach the user as messages of Weir; more with {@code -v} and {@code --debug}. {@code weir up} also logs to a small
 * rolling file.
 */
public final class Logs {
    private static final String FILE_FORMAT =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{24} %msg %kvp%n%ex";

    private Logs() {}

    static void verbose() {
        show(Level.INFO, Level.WARN, false);
    }

    static void debug() {
        show(Level.DEBUG, Level.INFO, true);
    }

    /** Also logs to this file, until what it gives is closed: INFO of Weir and WARN of Kafka, three files of 4 MB at most. */
    public static Closeable toFile(Path file) {
        LoggerContext context = context();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder(context, FILE_FORMAT));
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(2);
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(FileSize.valueOf("4MB"));
        trigger.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        appender.start();
        admit("io.weir", Level.INFO);
        LogConfiguration.KAFKA.forEach(name -> admit(name, Level.WARN));
        logger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        return () -> {
            logger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
            appender.stop();
        };
    }

    static PatternLayoutEncoder encoder(LoggerContext context, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }

    private static void show(Level weir, Level kafka, boolean stackTraces) {
        // Another configuration may be in force, which the user has given or a test has.
        if (logger(Logger.ROOT_LOGGER_NAME).getAppender(LogConsole.NAME) instanceof LogConsole console) {
            console.show(weir, kafka, stackTraces);
            admit("io.weir", weir);
            LogConfiguration.KAFKA.forEach(name -> admit(name, kafka));
        }
    }

    /** Lets a logger say at least this much; what an appender does not want, it filters. */
    private static void admit(String name, Level level) {
        Logger logger = logger(name);
        Level now = logger.getLevel();
        if (now == null || level.toInt() < now.toInt()) {
            logger.setLevel(level);
        }
    }

    private static Logger logger(String name) {
        return context().getLogger(name);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
