package io.trellisdb.bench.side;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.bench.data.Scale;
import io.trellisdb.bench.data.Variant;
import io.trellisdb.bench.side.SideOptions.Work;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SideOptionsTest {
    @Test
    void withoutOptionsEverythingIsMeasuredAtScaleS() {
        SideOptions options = SideOptions.parse(List.of());

        assertEquals(Scale.S, options.scale());
        assertEquals(Variant.TSBS, options.variant());
        assertEquals(Set.of(Work.values()), options.works());
        assertEquals(List.of(CpuQuery.values()), options.queries());
        assertTrue(!options.contenders().contains(Contender.TRELLIS_BUFFERED));
    }

    @Test
    void worksAndQueriesAreNamedTogether() {
        SideOptions options = SideOptions.parse(List.of("--work", "W1,size,T2,T5-all", "--peers", "trellis,h2"));

        assertEquals(Set.of(Work.W1, Work.SIZE), options.works());
        assertEquals(List.of(CpuQuery.T2, CpuQuery.T5_ALL), options.queries());
        assertEquals(List.of(Contender.TRELLIS, Contender.H2), options.contenders());
    }

    @Test
    void unknownNamesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SideOptions.parse(List.of("--scale", "XXL")));
        assertThrows(IllegalArgumentException.class, () -> SideOptions.parse(List.of("--peers", "oracle")));
        assertThrows(IllegalArgumentException.class, () -> SideOptions.parse(List.of("--work", "T99")));
        assertThrows(IllegalArgumentException.class, () -> SideOptions.parse(List.of("--colour", "red")));
        assertThrows(IllegalArgumentException.class, () -> SideOptions.parse(List.of("--scale")));
    }
}
