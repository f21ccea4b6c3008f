package io.trellisdb.storage.block;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.fuzz.Harmless;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Blocks with the right checksums; the first bytes choose the types that their reader believes in. */
public final class BlockFuzz {
    private static final int COLUMNS = 2;
    /** Each column may be decoded as often as it is read here, and growing takes as much again. */
    private static final Harmless HARMLESS =
            Harmless.failingWith(ErrorCode.DATA_CORRUPTED).allocating(12L * BlockFormat.MAX_COLUMN_BYTES, 1024);

    private BlockFuzz() {}

    private record Decoded(long[] timestamps, int[] ids, Batch rows) {}

    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length < COLUMNS) {
            return;
        }
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < COLUMNS; i++) {
            types.add(RandomColumns.TYPES.get((data[i] & 0xFF) % RandomColumns.TYPES.size()));
        }
        byte[] bytes = Arrays.copyOfRange(data, COLUMNS, data.length);
        repair(bytes);
        HARMLESS.decode(data, () -> decode(bytes, types))
                .ifPresent(
                        decoded -> Harmless.requireStable(decoded, BlockFuzz::encode, again -> decode(again, types)));
    }

    private static Decoded decode(byte[] bytes, List<DataType> types) {
        Block block = Block.open(bytes, new BlockCounters());
        long[] timestamps = block.timestamps();
        int count = Math.min(types.size(), block.columnCount());
        ColumnVector[] columns = new ColumnVector[count];
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            DataType type = types.get(i);
            ids[i] = block.columnId(i);
            block.aggregate(i, type);
            block.addSumTo(ColumnAggregate.of(type), i, type, 0, block.rowCount() / 2);
            columns[i] = block.decode(i, type, 0, block.rowCount());
        }
        return new Decoded(timestamps, ids, new Batch(block.rowCount(), columns));
    }

    private static byte[] encode(Decoded decoded) {
        return new BlockWriter().encode(decoded.timestamps(), decoded.ids(), decoded.rows());
    }

    /** Gives a block the checksums that fit its bytes, so that the decoders behind them are reached. */
    static void repair(byte[] bytes) {
        if (bytes.length < BlockFormat.FIXED_LENGTH) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        buffer.putInt(BlockFormat.BLOCK_LENGTH_AT, bytes.length);
        int headerLength = buffer.getInt(BlockFormat.HEADER_LENGTH_AT);
        int columnCount = buffer.getShort(BlockFormat.COLUMNS_AT) & 0xFFFF;
        if (headerLength < BlockFormat.FIXED_LENGTH + 4 || headerLength > bytes.length) {
            return;
        }
        for (int entry = 0; bytes[1] == BlockFormat.FORM_COLUMNS && entry <= columnCount; entry++) {
            int at = BlockFormat.FIXED_LENGTH + entry * BlockFormat.ENTRY_LENGTH;
            if (at + BlockFormat.ENTRY_LENGTH > headerLength) {
                return;
            }
            int bodyAt = buffer.getInt(at + 8);
            int length = buffer.getInt(at + 12);
            if (bodyAt >= 0 && length >= 0 && bodyAt <= bytes.length - (long) length) {
                buffer.putInt(at + 16, Crc32c.of(bytes, bodyAt, length));
            }
        }
        buffer.putInt(headerLength - 4, Crc32c.of(bytes, 0, headerLength - 4));
    }

    public static List<byte[]> seeds() {
        RandomColumns random = new RandomColumns(11);
        List<byte[]> seeds = new ArrayList<>();
        for (int type = 0; type < RandomColumns.TYPES.size(); type++) {
            for (int rows : new int[] {0, 3, 70, 300}) {
                int other = (type + 7) % RandomColumns.TYPES.size();
                byte[] block = RandomColumns.encode(
                        random.timestamps(rows),
                        random.column(RandomColumns.TYPES.get(type), rows),
                        random.column(RandomColumns.TYPES.get(other), rows));
                byte[] seed = new byte[COLUMNS + block.length];
                seed[0] = (byte) type;
                seed[1] = (byte) other;
                System.arraycopy(block, 0, seed, COLUMNS, block.length);
                seeds.add(seed);
            }
        }
        return seeds;
    }
}
