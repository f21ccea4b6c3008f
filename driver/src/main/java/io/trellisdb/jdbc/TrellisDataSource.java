package io.trellisdb.jdbc;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.jdbc.error.SqlErrors;
import io.trellisdb.jdbc.url.ConnectionProperty;
import io.trellisdb.jdbc.url.ConnectionUrl;
import io.trellisdb.jdbc.url.UrlParser;
import io.trellisdb.jdbc.wire.HostMemory;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/**
 * Connections by a URL and properties, for pools and containers; a bean, so its accessors have the names that those expect. The
 * setters are for one thread before the first connection, {@code getConnection} is for any.
 */
public final class TrellisDataSource implements DataSource, ConnectionPoolDataSource, CommonDataSource, JdbcWrapper {
    private final HostMemory memory = new HostMemory();
    private final Properties properties = new Properties();
    private @Nullable String url;
    private @Nullable PrintWriter logWriter;
    private int loginTimeoutSeconds;

    /** Without a URL, which {@link #setUrl} must give. */
    public TrellisDataSource() {}

    /** A source of connections to a URL of the driver's forms. */
    public TrellisDataSource(String url) {
        this.url = url;
    }

    public void setUrl(String url) {
        this.url = url;
    }

    public @Nullable String getUrl() {
        return url;
    }

    public void setUser(String user) {
        setProperty(ConnectionProperty.USER.key(), user);
    }

    public @Nullable String getUser() {
        return properties.getProperty(ConnectionProperty.USER.key());
    }

    public void setPassword(String password) {
        setProperty(ConnectionProperty.PASSWORD.key(), password);
    }

    /** Any property of the driver; an unknown one is refused by {@code getConnection}. */
    public void setProperty(String key, String value) {
        properties.setProperty(key, value);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(properties);
    }

    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return connect(withLogin(user, password));
    }

    private Properties withLogin(@Nullable String user, @Nullable String password) {
        Properties own = new Properties();
        own.putAll(properties);
        if (user != null) {
            own.setProperty(ConnectionProperty.USER.key(), user);
        }
        if (password != null) {
            own.setProperty(ConnectionProperty.PASSWORD.key(), password);
        }
        return own;
    }

    private TrellisConnection connect(Properties given) throws SQLException {
        String target = url;
        if (target == null || !UrlParser.isTrellis(target)) {
            throw SqlErrors.of(
                    ErrorCode.INVALID_PARAMETER, "data source has no URL that begins with " + ConnectionUrl.PREFIX);
        }
        Properties own = new Properties();
        if (loginTimeoutSeconds > 0) {
            own.setProperty(ConnectionProperty.CONNECT_TIMEOUT.key(), loginTimeoutSeconds + "s");
        }
        own.putAll(given);
        return TrellisDriver.connect(UrlParser.parse(target, own), memory);
    }

    @Override
    public PooledConnection getPooledConnection() throws SQLException {
        return new TrellisPooledConnection(connect(properties));
    }

    @Override
    public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password) throws SQLException {
        return new TrellisPooledConnection(connect(withLogin(user, password)));
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    /** Kept and not written to: the driver does not log. */
    @Override
    public void setLogWriter(@Nullable PrintWriter writer) {
        logWriter = writer;
    }

    /** The same as the property {@code connectTimeout}, which wins. */
    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeoutSeconds = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeoutSeconds;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw SqlErrors.unsupported("DataSource.getParentLogger: the driver does not log");
    }
}
