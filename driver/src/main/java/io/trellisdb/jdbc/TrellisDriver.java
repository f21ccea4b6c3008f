package io.trellisdb.jdbc;

import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.url.ConnectionProperty;
import io.trellisdb.jdbc.url.ConnectionUrl;
import io.trellisdb.jdbc.url.DriverVersion;
import io.trellisdb.jdbc.url.UrlParser;
import io.trellisdb.jdbc.wire.HostMemory;
import io.trellisdb.jdbc.wire.Session;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The driver of {@code jdbc:trellis:} URLs; found by {@link DriverManager} when the jar is on the class path. Thread-safe. */
public final class TrellisDriver implements Driver {
    private final HostMemory memory = new HostMemory();

    static {
        try {
            DriverManager.registerDriver(new TrellisDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** For {@link java.util.ServiceLoader} and tools. */
    public TrellisDriver() {}

    /** A connection, or null if the URL is another driver's. */
    @Override
    public @Nullable Connection connect(String url, @Nullable Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        return connect(UrlParser.parse(url, properties == null ? new Properties() : properties), memory);
    }

    static TrellisConnection connect(ConnectionUrl url, HostMemory memory) throws SQLException {
        return new TrellisConnection(url, Session.open(url, memory));
    }

    @Override
    public boolean acceptsURL(String url) {
        return UrlParser.isTrellis(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties properties) throws SQLException {
        Properties given = properties == null ? new Properties() : properties;
        ConnectionUrl parsed = UrlParser.isTrellis(url) ? UrlParser.parse(url, given) : null;
        ConnectionProperty[] all = ConnectionProperty.values();
        DriverPropertyInfo[] infos = new DriverPropertyInfo[all.length];
        for (int i = 0; i < all.length; i++) {
            String value = parsed == null ? all[i].defaultValue() : parsed.value(all[i]);
            infos[i] = new DriverPropertyInfo(all[i].key(), value);
            infos[i].description = all[i].description();
            infos[i].choices =
                    all[i].choices().isEmpty() ? null : all[i].choices().toArray(String[]::new);
        }
        return infos;
    }

    @Override
    public int getMajorVersion() {
        return DriverVersion.MAJOR;
    }

    @Override
    public int getMinorVersion() {
        return DriverVersion.MINOR;
    }

    /** False: that word is for drivers that pass the SQL-92 suite. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw SqlErrors.unsupported("Driver.getParentLogger: the driver does not log");
    }
}
