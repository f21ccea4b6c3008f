package io.trellisdb.sql;

import io.trellisdb.sql.harness.SqlHarness;
import io.trellisdb.testing.GoldenScripts;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What statements do, from the text to the rows. */
final class StatementScriptsTest {
    @TestFactory
    Stream<DynamicTest> statementsDoAsTheScriptsSay() {
        return GoldenScripts.area("statements", SqlHarness::new);
    }
}
