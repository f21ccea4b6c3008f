package io.trellisdb.bench.side;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AnswerTest {
    private static Answer answer(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return Answer.read(result);
        }
    }

    @Test
    void theOrderOfRowsDoesNotMatter() throws SQLException {
        assertEquals(
                Optional.empty(),
                answer("values ('a', 1e0), ('b', 2e0)").differenceTo(answer("values ('b', 2e0), ('a', 1e0)")));
    }

    @Test
    void roundingIsToleratedAndNothingMore() throws SQLException {
        Answer exact = answer("values ('a', 1000.0)");

        assertEquals(Optional.empty(), answer("values ('a', 1000.0000001)").differenceTo(exact));
        assertTrue(answer("values ('a', 1000.00001)").differenceTo(exact).isPresent());
    }

    @Test
    void missingRowsAndOtherTextsAreDifferences() throws SQLException {
        Answer two = answer("values ('a', 1), ('b', 2)");

        assertTrue(answer("values ('a', 1)").differenceTo(two).isPresent());
        assertTrue(answer("values ('a', 1), ('c', 2)").differenceTo(two).isPresent());
    }
}
