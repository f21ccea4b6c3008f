package io.trellisdb.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;

/**
 * What Logback does when a program with Trellis in it configures nothing: warnings go to the error stream. Without it Logback
 * would print every library's debugging lines between the results. Found by {@link java.util.ServiceLoader}; steps back when
 * the program has a configuration of its own.
 */
@ConfiguratorRank(ConfiguratorRank.NOMINAL)
public final class QuietLogging extends ContextAwareBase implements Configurator {
    private static final List<String> FILES = List.of("logback-test.xml", "logback.xml");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null
                || FILES.stream().anyMatch(QuietLogging::isThere)) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(LogFiles.errorStream(context, Level.WARN));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static boolean isThere(String file) {
        ClassLoader program = Thread.currentThread().getContextClassLoader();
        return program != null && program.getResource(file) != null;
    }
}
