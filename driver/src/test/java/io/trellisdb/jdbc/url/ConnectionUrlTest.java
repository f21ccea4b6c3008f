package io.trellisdb.jdbc.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.protocol.embedded.EmbeddedTarget;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class ConnectionUrlTest {
    private static ConnectionUrl parse(String url) throws SQLException {
        return UrlParser.parse(url, new Properties());
    }

    private static List<HostPort> hosts(String url) throws SQLException {
        return ((ConnectionTarget.Hosts) parse(url).target()).hosts();
    }

    private static String refusal(String url) {
        SQLException refusal = assertThrows(SQLException.class, () -> parse(url));
        assertEquals("22023", refusal.getSQLState());
        return refusal.getMessage();
    }

    @Test
    void hostsHavePortsOrTheDefault() throws SQLException {
        assertEquals(List.of(new HostPort("db", 20001)), hosts("jdbc:trellis://db/"));
        assertEquals(List.of(new HostPort("db", 20001)), hosts("jdbc:trellis://db"));
        assertEquals(
                List.of(new HostPort("a.example", 1), new HostPort("10.0.0.2", 20001), new HostPort("c", 65535)),
                hosts("jdbc:trellis://a.example:1,10.0.0.2,c:65535/travel"));
        assertEquals(
                List.of(new HostPort("::1", 20001), new HostPort("fe80::1", 7)),
                hosts("jdbc:trellis://[::1],[fe80::1]:7/"));
    }

    @Test
    void databaseComesFromThePathOrTheProperty() throws SQLException {
        assertEquals("travel", parse("jdbc:trellis://db/travel").value(ConnectionProperty.DATABASE));
        assertEquals("travel", parse("jdbc:trellis:mem:x?database=travel").value(ConnectionProperty.DATABASE));
        assertEquals("", parse("jdbc:trellis://db/").value(ConnectionProperty.DATABASE));
        assertEquals("a b", parse("jdbc:trellis://db/a%20b").value(ConnectionProperty.DATABASE));
    }

    @Test
    void embeddedTargetsAreDirectoriesAndNames() throws SQLException {
        assertEquals(
                new ConnectionTarget.Embedded(
                        new EmbeddedTarget.InDirectory(Path.of("/var/lib/trellis")), Map.of("http.listen", "off")),
                parse("jdbc:trellis:file:/var/lib/trellis?node.http.listen=off").target());
        assertEquals(
                new ConnectionTarget.Embedded(new EmbeddedTarget.InMemory("x"), Map.of()),
                parse("jdbc:trellis:mem:x").target());
        ConnectionTarget.Embedded relative =
                (ConnectionTarget.Embedded) parse("jdbc:trellis:file:data").target();
        assertTrue(((EmbeddedTarget.InDirectory) relative.target()).directory().isAbsolute());
    }

    @Test
    void urlWinsOverProperties() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "eve");
        properties.setProperty("fetchSize", "5");

        ConnectionUrl url = UrlParser.parse("jdbc:trellis://db/?user=ada%2Bb+c", properties);

        assertEquals("ada+b+c", url.user());
        assertEquals(5, url.fetchSize());
        assertEquals("jdbc:trellis://db/", url.url());
    }

    @Test
    void timesHaveUnits() throws SQLException {
        ConnectionUrl url = parse("jdbc:trellis://db/?connectTimeout=500ms&failoverTimeout=2m&queryTimeout=30s");

        assertEquals(Duration.ofMillis(500), url.duration(ConnectionProperty.CONNECT_TIMEOUT));
        assertEquals(Duration.ofMinutes(2), url.duration(ConnectionProperty.FAILOVER_TIMEOUT));
        assertEquals(Duration.ofSeconds(30), url.duration(ConnectionProperty.QUERY_TIMEOUT));
        assertEquals(Duration.ZERO, url.duration(ConnectionProperty.NETWORK_TIMEOUT));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertTrue(refusal("jdbc:trellis://db/?fetchsize=5").endsWith("unknown connection property: fetchsize"));
        for (String wrong : List.of(
                "fetchSize=0",
                "fetchSize=x",
                "readOnly=yes",
                "connectTimeout=5",
                "connectTimeout=-5s",
                "connectTimeout=9999999999999s",
                "failoverTimeout=2d",
                "timeZone=Mars/Base")) {
            String key = wrong.substring(0, wrong.indexOf('='));
            assertTrue(refusal("jdbc:trellis://db/?" + wrong).contains(key), wrong);
        }
        for (String wrong : List.of(
                "jdbc:trellis:",
                "jdbc:trellis:db",
                "jdbc:trellis:file:",
                "jdbc:trellis:mem:",
                "jdbc:trellis://",
                "jdbc:trellis:///",
                "jdbc:trellis://db,/",
                "jdbc:trellis://db:/",
                "jdbc:trellis://db:0/",
                "jdbc:trellis://db:65536/",
                "jdbc:trellis://:20001/",
                "jdbc:trellis://::1/",
                "jdbc:trellis://[::1/",
                "jdbc:trellis://[::1]x/",
                "jdbc:trellis://db/?readOnly",
                "jdbc:trellis://db/?=x",
                "jdbc:trellis://db/?user=%zz",
                "jdbc:trellis://db/?node.http.listen=off")) {
            refusal(wrong);
        }
    }

    @Test
    void passwordIsNotShown() {
        String message = refusal("jdbc:trellis:db?password=secret");

        assertTrue(!message.contains("secret"), message);
    }
}
