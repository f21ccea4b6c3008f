package io.trellisdb.storage.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Damaged overlays are refused. */
final class OverlayDamageTest {
    private static final byte[] OVERLAY = OverlayFuzz.sample(20);

    @Test
    void everyFlippedBitIsNoticed() {
        for (int at = 0; at < OVERLAY.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = OVERLAY.clone();
                damaged[at] ^= (byte) (1 << bit);
                assertRefused(damaged);
            }
        }
    }

    @Test
    void everyCutIsNoticed() {
        for (int length = 0; length < OVERLAY.length; length++) {
            assertRefused(Arrays.copyOf(OVERLAY, length));
        }
        assertEquals(20, SeriesChanges.decode(OVERLAY, OverlayFuzz.SHAPE).count());
    }

    private static void assertRefused(byte[] damaged) {
        TrellisException e =
                assertThrows(TrellisException.class, () -> SeriesChanges.decode(damaged, OverlayFuzz.SHAPE));
        assertEquals(ErrorCode.DATA_CORRUPTED, e.code());
    }
}
