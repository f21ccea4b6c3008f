package io.trellisdb.sql.planning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.sql.information.ShowQueries;
import io.trellisdb.sql.information.TableDefinitions;
import io.trellisdb.sql.parser.SqlSyntax;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What SHOW prints is SQL, and what SHOW runs can be planned. */
final class DefinitionsParseAgainTest {
    @Test
    void everyTablePrintsStatementsThatParse() {
        for (ContainerDescriptor container : PlanningFixture.catalog().containers()) {
            for (String statement : TableDefinitions.statements("public", container)) {
                assertNotNull(SqlSyntax.parseStatement(statement), statement);
            }
        }
    }

    @Test
    void aDefinitionIsPrintedWhole() {
        String expected = """
                CREATE TABLE public.dept (
                    id INTEGER GENERATED ALWAYS AS IDENTITY (START WITH 1 INCREMENT BY 1) NOT NULL,
                    title VARCHAR(20) DEFAULT 'none' NOT NULL,
                    city CHAR(10),
                    PRIMARY KEY (id),
                    CONSTRAINT dept_title_key UNIQUE (title),
                    CONSTRAINT dept_title_check CHECK (title <> ''),
                    CONSTRAINT dept_fk FOREIGN KEY (id) REFERENCES public.emp (id) NOT ENFORCED
                ) WITH (expiration = '90 days')""";

        assertEquals(List.of(expected), TableDefinitions.statements("public", PlanningFixture.dept()));
    }

    @Test
    void indexesFollowTheirTable() {
        List<String> statements = TableDefinitions.statements("public", PlanningFixture.emp());

        assertEquals("CREATE INDEX emp_dept ON public.emp (dept_id)", statements.get(1));
    }

    @Test
    void showIsAQuery() {
        for (String sql : List.of(
                ShowQueries.tables("public", Optional.of("e%")),
                ShowQueries.databases(Optional.empty()),
                ShowQueries.columns("public", "it's"),
                ShowQueries.indexes("public", "emp"),
                ShowQueries.sessions(),
                ShowQueries.settings(),
                ShowQueries.setting("statement_timeout"))) {
            assertNotNull(PlanningFixture.plan(sql).root(), sql);
        }
    }
}
