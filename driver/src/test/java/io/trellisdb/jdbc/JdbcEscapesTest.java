package io.trellisdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class JdbcEscapesTest {
    private static void becomes(String expected, String sql) throws SQLException {
        assertEquals(expected, JdbcEscapes.translate(sql).replaceAll(" +", " "));
    }

    @Test
    void statementWithoutBracesIsTheSameObject() throws SQLException {
        String sql = "select 1";

        assertSame(sql, JdbcEscapes.translate(sql));
    }

    @Test
    void literalsAndClausesAreTranslated() throws SQLException {
        becomes("select DATE '2026-01-02'", "select {d '2026-01-02'}");
        becomes(
                "select TIME '10:00:00', TIMESTAMP '2026-01-02 10:00:00'",
                "select {t '10:00:00'}, {ts '2026-01-02 10:00:00'}");
        becomes("select * from a left join b on a.x = b.x", "select * from{oj a left join b on a.x = b.x}");
        becomes("x like 'a!%' ESCAPE '!'", "x like 'a!%' {escape '!'}");
        becomes("select 1 LIMIT 5 offset 2", "select 1 {limit 5 offset 2}");
    }

    @Test
    void functionsNestAndAreRenamed() throws SQLException {
        becomes("select UPPER(concat('a', LOWER(x)))", "select {fn UCASE({fn concat('a', {fn lcase(x)})})}");
        becomes("select CURRENT_TIMESTAMP", "select {fn now()}");
        becomes("select abs(-1)", "select { fn abs(-1) }".replace(" }", "}"));
    }

    @Test
    void quotesAndCommentsStayAsTheyAre() throws SQLException {
        for (String sql : new String[] {
            "select '{d it''s}' from \"{ts\"",
            "select 1 -- {fn x}\n, 2",
            "select /* {call} */ 1",
            "select '{",
            "select 1 -- {",
        }) {
            assertEquals(sql, JdbcEscapes.translate(sql));
        }
    }

    @Test
    void callsUnknownAndUnclosedEscapesAreRefused() {
        for (String sql : new String[] {"{call x(1)}", "{? = call x()}", "select {guid '1'}"}) {
            assertEquals(
                    "0AT00",
                    assertThrows(SQLException.class, () -> JdbcEscapes.translate(sql))
                            .getSQLState());
        }
        assertEquals(
                "42601",
                assertThrows(SQLException.class, () -> JdbcEscapes.translate("{d '1'"))
                        .getSQLState());
        assertEquals(
                "54001",
                assertThrows(SQLException.class, () -> JdbcEscapes.translate("{fn a(".repeat(10_000)))
                        .getSQLState());
    }
}
