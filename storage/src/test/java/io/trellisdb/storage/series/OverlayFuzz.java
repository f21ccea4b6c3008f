package io.trellisdb.storage.series;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.fuzz.Harmless;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Overlays with the right checksum. */
public final class OverlayFuzz {
    static final SeriesShape SHAPE =
            SeriesShape.of(List.of(3, 4, 5), List.of(DataType.DOUBLE, DataType.TEXT, DataType.array(DataType.BIGINT)));
    private static final Harmless HARMLESS =
            Harmless.failingWith(ErrorCode.DATA_CORRUPTED).allocating(2L * BatchCodec.MAX_EXPANSION, 256);

    private OverlayFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        byte[] overlay = data.clone();
        int end = overlay.length - Integer.BYTES;
        if (end >= 0) {
            ByteBuffer.wrap(overlay).putInt(end, Crc32c.of(overlay, 0, end));
        }
        HARMLESS.decode(data, () -> SeriesChanges.decode(overlay, SHAPE))
                .ifPresent(changes -> Harmless.requireStable(
                        changes, each -> each.encode(SHAPE), bytes -> SeriesChanges.decode(bytes, SHAPE)));
    }

    /** An overlay of so many changes. */
    static byte[] sample(int count) {
        long[] timestamps = new long[count];
        Arrays.setAll(timestamps, i -> 1000L * i);
        boolean[] deleted = new boolean[count];
        for (int i = 0; i < count; i += 3) {
            deleted[i] = true;
        }
        ColumnVector[] columns = {
            Vectors.constant(DataType.DOUBLE, 0.5, count),
            Vectors.constant(DataType.TEXT, "größe", count),
            Vectors.constant(DataType.array(DataType.BIGINT), List.of(1L, 2L), count)
        };
        return SeriesChanges.ofLog(timestamps, deleted, columns, count).encode(SHAPE);
    }

    public static List<byte[]> seeds() {
        return List.of(sample(0), sample(1), sample(5), sample(100));
    }
}
