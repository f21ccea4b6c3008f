package io.trellisdb.cli;

import io.trellisdb.jdbc.url.ConnectionUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Opens connections, and says what to do when there is nothing to connect to. */
final class Connections {
    static final String DEFAULT_URL = "jdbc:trellis://127.0.0.1:20001/";

    private static final String SERVER_PREFIX = ConnectionUrl.PREFIX + "//";
    private static final String CONNECTION_CLASS = "08";

    private Connections() {}

    static Connection open(String url) throws SQLException {
        if (!url.startsWith(ConnectionUrl.PREFIX)) {
            throw new CommandException("not a URL of Trellis, they begin with " + ConnectionUrl.PREFIX + ": " + url);
        }
        Properties properties = new Properties();
        if (!url.startsWith(SERVER_PREFIX)) {
            // Standard error is for one sentence; who types a slow statement sees that it is slow.
            properties.setProperty("node.query.slowStatement", "24h");
        }
        try {
            return DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            boolean isUnreachable = String.valueOf(e.getSQLState()).startsWith(CONNECTION_CLASS);
            if (isUnreachable && url.startsWith(SERVER_PREFIX)) {
                throw new CommandException(
                        Failures.sentence(e)
                                + "; start a server with 'trellis server --data DIR', or open a directory without one by the URL "
                                + ConnectionUrl.PREFIX + "file:DIR",
                        e);
            }
            throw e;
        }
    }
}
