package io.trellisdb.storage;

import io.trellisdb.storage.block.AggregateFuzz;
import io.trellisdb.storage.block.BlockFuzz;
import io.trellisdb.storage.journal.EntryFuzz;
import io.trellisdb.storage.journal.SegmentFuzz;
import io.trellisdb.storage.series.OverlayFuzz;
import io.trellisdb.storage.table.StateRecordFuzz;
import io.trellisdb.testing.fuzz.FuzzSuite;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What lies on disk. */
final class StorageFuzzTest {
    @TestFactory
    Stream<DynamicTest> decodersAreHarmless() {
        return new FuzzSuite()
                .with("block", BlockFuzz.class, BlockFuzz.seeds())
                .with("aggregate", AggregateFuzz.class, AggregateFuzz.seeds())
                .with("overlay", OverlayFuzz.class, OverlayFuzz.seeds())
                .with("entry", EntryFuzz.class, EntryFuzz.seeds())
                .with("segment", SegmentFuzz.class, SegmentFuzz.seeds())
                .with("state-record", StateRecordFuzz.class, StateRecordFuzz.seeds())
                .tests();
    }
}
