package io.weir.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/**
 * Logback's configuration as code, found by {@code ServiceLoader}: reading XML would cost a third of the start of a small
 * command. In force in processes that {@link Main} starts; a file named by {@code -Dlogback.configurationFile} takes
 * precedence.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfiguration extends ContextAwareBase implements Configurator {
    /** Loggers of Kafka's clients, streams and server. */
    static final List<String> KAFKA = List.of("org.apache.kafka", "kafka", "state.change.logger");

    private static final String ACTIVE = "weir.logging";

    /** To be called before the first logger is made. */
    static void activate() {
        System.setProperty(ACTIVE, "true");
    }

    static boolean isKafka(String logger) {
        return KAFKA.stream().anyMatch(logger::startsWith);
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(ACTIVE) == null || System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        LogConsole console = new LogConsole(context);
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        context.getLogger("io.weir").setLevel(Level.WARN);
        // It warns of meters that are there before anybody is known who serves them, as the worker's are.
        context.getLogger("io.micrometer.core.instrument.composite").setLevel(Level.ERROR);
        KAFKA.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
