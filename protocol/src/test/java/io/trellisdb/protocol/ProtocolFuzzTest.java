package io.trellisdb.protocol;

import io.trellisdb.protocol.scram.ScramFuzz;
import io.trellisdb.testing.fuzz.FuzzSuite;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the other side of a connection may send. */
final class ProtocolFuzzTest {
    @TestFactory
    Stream<DynamicTest> decodersAreHarmless() {
        return new FuzzSuite()
                .with("request", RequestFuzz.class, RequestFuzz.seeds())
                .with("response", ResponseFuzz.class, ResponseFuzz.seeds())
                .with("scram", ScramFuzz.class, ScramFuzz.seeds())
                .tests();
    }
}
