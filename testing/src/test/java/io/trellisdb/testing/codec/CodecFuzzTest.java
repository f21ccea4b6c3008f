package io.trellisdb.testing.codec;

import io.trellisdb.testing.fuzz.FuzzSuite;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The decoders of {@code common}, which cannot use this module itself. */
final class CodecFuzzTest {
    @TestFactory
    Stream<DynamicTest> decodersAreHarmless() {
        return new FuzzSuite()
                .with("batch", BatchFuzz.class, BatchFuzz.seeds())
                .with("row", RowFuzz.class, RowFuzz.seeds())
                .with("key", KeyFuzz.class, KeyFuzz.seeds())
                .with("container", ContainerFuzz.class, ContainerFuzz.seeds())
                .with("value", ValueFuzz.class, ValueFuzz.seeds())
                .tests();
    }
}
