package io.trellisdb.sql;

import io.trellisdb.testing.ArchitectureRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class ArchitectureTest {
    @TestFactory
    Stream<DynamicTest> rulesHold() {
        return ArchitectureRules.of("sql").generated("io.trellisdb.sql.parser").tests();
    }
}
