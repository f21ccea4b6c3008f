package io.trellisdb.coordination.bdbje;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands JE's log on. JE's INFO tells of single messages of an election: too much for ours. */
final class JeLog extends Handler {
    private static final Logger LOG = LoggerFactory.getLogger("io.trellisdb.coordination.bdbje.je");

    private final SimpleFormatter formatter = new SimpleFormatter();

    JeLog() {
        setLevel(Level.INFO);
    }

    @Override
    public void publish(LogRecord record) {
        if (!isLoggable(record)) {
            return;
        }
        String message = formatter.formatMessage(record);
        Throwable thrown = record.getThrown();
        if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
            LOG.error(message, thrown);
        } else if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            LOG.warn(message, thrown);
        } else {
            LOG.debug(message, thrown);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
