package io.trellisdb.testing;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rules of this module, and those of {@code common}, whose own tests cannot import this module. */
final class ArchitectureTest {
    @TestFactory
    Stream<DynamicTest> rulesHold() {
        return ArchitectureRules.of("testing").tests();
    }

    @TestFactory
    Stream<DynamicTest> rulesHoldInCommon() {
        return ArchitectureRules.inFolder("common", RepositoryRoot.find().resolve("common"))
                .tests();
    }
}
