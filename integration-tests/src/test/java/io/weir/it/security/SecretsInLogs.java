package io.weir.it.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Reads all that this process logs, Kafka's clients' configurations too, and keeps what has a secret in it. */
final class SecretsInLogs extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final List<String> TALKATIVE =
            List.of("org.apache.kafka.clients", "org.apache.kafka.common", "io.weir");

    private final List<String> found = new CopyOnWriteArrayList<>();
    private final String secret;
    private volatile boolean configurationsSeen;

    private SecretsInLogs(String secret) {
        this.secret = secret;
    }

    static SecretsInLogs watch(String secret) {
        SecretsInLogs logs = new SecretsInLogs(secret);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        logs.setContext(context);
        logs.start();
        for (String name : TALKATIVE) {
            Logger logger = context.getLogger(name);
            logger.setLevel(Level.DEBUG);
            logger.setAdditive(false);
            logger.addAppender(logs);
        }
        return logs;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String text = event.getFormattedMessage() + event.getKeyValuePairs() + event.getThrowableProxy();
        configurationsSeen |= text.contains("sasl.jaas.config");
        if (text.contains(secret)) {
            found.add(text);
        }
    }

    List<String> found() {
        return found;
    }

    /** Whether there was anything to find. */
    boolean hasSeenConfigurations() {
        return configurationsSeen;
    }

    @Override
    public void close() {
        for (String name : TALKATIVE) {
            Logger logger = (Logger) LoggerFactory.getLogger(name);
            logger.detachAppender(this);
            logger.setAdditive(true);
            logger.setLevel(null);
        }
        stop();
    }
}
