package io.trellisdb.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** A server's log: {@code server.log} and {@code slow-statements.log}, rotated by size, and the error stream. */
public final class LogFiles implements AutoCloseable {
    private static final String PATTERN = "%date{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{0}: %msg%n";
    private static final String SLOW_STATEMENTS = "io.trellisdb.SlowStatements";

    private final LoggerContext context;

    private LogFiles(LoggerContext context) {
        this.context = context;
    }

    /**
     * Sends the process's log lines to files from now on.
     *
     * @param directory created when missing
     * @param fileBytes size at which a file is rotated
     * @param files rotated files that are kept of each
     */
    public static LogFiles start(Path directory, long fileBytes, int files) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        context.getLogger("io.trellisdb").setLevel(Level.INFO);
        root.addAppender(errorStream(context, Level.INFO));
        root.addAppender(file(context, directory, "server", fileBytes, files));
        Logger slow = context.getLogger(SLOW_STATEMENTS);
        slow.setAdditive(false);
        slow.addAppender(file(context, directory, "slow-statements", fileBytes, files));
        return new LogFiles(context);
    }

    private static Appender<ILoggingEvent> file(
            LoggerContext context, Path directory, String name, long fileBytes, int files) {
        Path path = directory.resolve(name + ".log");
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName(name);
        appender.setFile(path.toString());
        appender.setEncoder(encoder(context));
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(directory.resolve(name + ".%i.log.gz").toString());
        rolling.setMinIndex(1);
        rolling.setMaxIndex(files);
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> triggering = new SizeBasedTriggeringPolicy<>();
        triggering.setContext(context);
        triggering.setMaxFileSize(new FileSize(fileBytes));
        triggering.start();
        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(triggering);
        appender.start();
        return appender;
    }

    static Appender<ILoggingEvent> errorStream(LoggerContext context, Level least) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("error-stream");
        appender.setTarget(ConsoleTarget.SystemErr.getName());
        appender.setEncoder(encoder(context));
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(least.toString());
        filter.start();
        appender.addFilter(filter);
        appender.start();
        return appender;
    }

    private static PatternLayoutEncoder encoder(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        return encoder;
    }

    /** Writes what is buffered and closes the files. */
    @Override
    public void close() {
        context.stop();
    }
}
