package io.trellisdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class EmbeddedTest {
    @Test
    void embeddedNodeIsSpokenToAsAServer() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:trellis:mem:scripted");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select n from numbers")) {
            assertTrue(rows.next());
            assertEquals(40, rows.getInt(1));
            assertTrue(connection.isValid(1));
        }
    }

    @Test
    void refusalsOfTheDoorKeepTheirCode() {
        assertEquals(
                "08001",
                assertThrows(SQLException.class, () -> DriverManager.getConnection("jdbc:trellis:file:/nowhere"))
                        .getSQLState());
        assertEquals(
                "F0000",
                assertThrows(
                                SQLException.class,
                                () -> DriverManager.getConnection("jdbc:trellis:mem:scripted?node.x=1"))
                        .getSQLState());
    }
}
