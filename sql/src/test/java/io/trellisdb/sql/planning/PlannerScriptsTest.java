package io.trellisdb.sql.planning;

import io.trellisdb.testing.GoldenScripts;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Queries and their plans. {@code types QUERY} prints the result's columns instead, {@code parameters QUERY} the types of
 * the parameters.
 */
final class PlannerScriptsTest {
    private static final String TYPES = "types ";
    private static final String PARAMETERS = "parameters ";

    @TestFactory
    Stream<DynamicTest> queriesHaveThesePlans() {
        return GoldenScripts.area("planner", () -> PlannerScriptsTest::run);
    }

    private static String run(String command) {
        if (command.startsWith(TYPES)) {
            StringJoiner lines = new StringJoiner("\n");
            for (QueryColumn column :
                    PlanningFixture.plan(command.substring(TYPES.length())).columns()) {
                String origin = column.table().isEmpty()
                        ? ""
                        : " from " + column.database() + "." + column.table() + "." + column.name();
                lines.add(column.label() + " " + column.type() + (column.nullable() ? "" : " NOT NULL") + origin);
            }
            return lines.toString();
        }
        if (command.startsWith(PARAMETERS)) {
            return PlanningFixture.plan(command.substring(PARAMETERS.length()))
                    .parameterTypes()
                    .toString();
        }
        return PlanPrinter.print(PlanningFixture.plan(command).root());
    }
}
