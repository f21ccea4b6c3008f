package io.trellisdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.junit.jupiter.api.Test;

final class DriverTest {
    @Test
    void driverIsFoundByItsUrl() throws SQLException {
        assertInstanceOf(TrellisDriver.class, DriverManager.getDriver("jdbc:trellis://db/"));
        assertEquals(
                1,
                ServiceLoader.load(Driver.class).stream()
                        .filter(p -> p.type() == TrellisDriver.class)
                        .count());
        assertNull(new TrellisDriver().connect("jdbc:other://db/", null));
        assertFalse(new TrellisDriver().jdbcCompliant());
        assertThrows(SQLFeatureNotSupportedException.class, () -> new TrellisDriver().getParentLogger());
    }

    @Test
    void propertiesHaveDescriptionsChoicesAndValues() throws SQLException {
        Properties given = new Properties();
        given.setProperty("user", "ada");

        DriverPropertyInfo[] infos = new TrellisDriver().getPropertyInfo("jdbc:trellis://db/?readOnly=true", given);

        for (DriverPropertyInfo info : infos) {
            assertTrue(info.description.endsWith("."), info.name);
        }
        DriverPropertyInfo user = Arrays.stream(infos)
                .filter(i -> i.name.equals("user"))
                .findFirst()
                .orElseThrow();
        DriverPropertyInfo readOnly = Arrays.stream(infos)
                .filter(i -> i.name.equals("readOnly"))
                .findFirst()
                .orElseThrow();
        assertEquals("ada", user.value);
        assertEquals("true", readOnly.value);
        assertArrayEquals(new String[] {"false", "true"}, readOnly.choices);
    }

    @Test
    void dataSourceConnectsByItsUrlAndProperties() throws Exception {
        try (SocketServer server = SocketServer.start((peer, frame) -> peer.reply(frame, Replies.allNumbers(0, 1)))) {
            TrellisDataSource source = new TrellisDataSource(server.url());
            source.setUser("ada");
            source.setLoginTimeout(3);
            try (Connection connection = source.getConnection();
                    Connection other = source.getConnection("eve", null)) {
                assertEquals("ada", connection.getMetaData().getUserName());
                assertEquals("eve", other.getMetaData().getUserName());
            }
            source.setProperty("colour", "red");
            assertTrue(assertThrows(SQLException.class, source::getConnection)
                    .getMessage()
                    .contains("colour"));
            assertThrows(SQLException.class, () -> new TrellisDataSource().getConnection());
        }
    }

    @Test
    void pooledConnectionIsGivenBackAndTellsOfItsLoss() throws Exception {
        try (SocketServer server = SocketServer.start((peer, frame) -> peer.reply(frame, Replies.allNumbers(0, 1)))) {
            PooledConnection pooled = new TrellisDataSource(server.url("failoverTimeout=100ms")).getPooledConnection();
            List<String> events = new ArrayList<>();
            pooled.addConnectionEventListener(new ConnectionEventListener() {
                @Override
                public void connectionClosed(ConnectionEvent event) {
                    events.add("closed");
                }

                @Override
                public void connectionErrorOccurred(ConnectionEvent event) {
                    events.add(event.getSQLException().getSQLState());
                }
            });
            Connection first = pooled.getConnection();
            first.setAutoCommit(false);
            first.close();
            Connection second = pooled.getConnection();
            assertTrue(first.isClosed());
            assertTrue(second.getAutoCommit());
            assertEquals(
                    "08003",
                    assertThrows(SQLException.class, first::createStatement).getSQLState());

            server.stop();
            assertThrows(SQLException.class, () -> second.prepareStatement("select 1"));
            assertEquals(List.of("closed", "08001"), events);
            pooled.close();
            assertTrue(second.isClosed());
        }
    }
}
