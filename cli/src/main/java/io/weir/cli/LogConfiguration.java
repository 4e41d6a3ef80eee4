package io.weir.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import java.util.Optional;

/**
 * Logback's configuration as code, found by {@code ServiceLoader}: reading XML would cost a third of the start of a small
 * command. A file named by {@code -Dlogback.configurationFile} takes precedence.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfiguration extends ContextAwareBase implements Configurator {
    /** Loggers of Kafka's clients, streams and server. */
    static final List<String> KAFKA = List.of("org.apache.kafka", "kafka", "state.change.logger");

    private static final String FILTER = "weir.console-filter";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        ConsoleFilter filter = new ConsoleFilter();
        filter.start();
        context.putObject(FILTER, filter);
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(Logs.encoder(context, "weir: %level %logger{0}: %msg %kvp%n%ex{0}"));
        console.addFilter(filter);
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        context.getLogger("io.weir").setLevel(Level.WARN);
        KAFKA.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Empty if the user has given a configuration file. */
    static Optional<ConsoleFilter> consoleFilter(LoggerContext context) {
        return Optional.ofNullable((ConsoleFilter) context.getObject(FILTER));
    }
}
