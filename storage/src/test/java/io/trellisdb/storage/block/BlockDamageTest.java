package io.trellisdb.storage.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import io.trellisdb.common.aggregate.ColumnAggregate;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.testing.Seeds;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Damaged blocks are refused; blocks that lie with the right checksums do no harm. */
final class BlockDamageTest {
    private final BlockCounters counters = new BlockCounters();

    private static void readAll(byte[] bytes, ColumnVector[] columns, BlockCounters counters) {
        Block block = Block.open(bytes, counters);
        block.timestamps();
        for (int i = 0; i < Math.min(columns.length, block.columnCount()); i++) {
            DataType type = columns[i].type();
            block.aggregate(i, type);
            block.decode(i, type, 0, block.rowCount());
            block.addSumTo(ColumnAggregate.of(type), i, type, 0, block.rowCount() / 2);
        }
    }

    private static ColumnVector[] columns(RandomColumns random, SplittableRandom choice, int rows) {
        ColumnVector[] columns = new ColumnVector[3];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = random.column(RandomColumns.TYPES.get(choice.nextInt(RandomColumns.TYPES.size())), rows);
        }
        return columns;
    }

    @Test
    void everyFlippedBitOfOneBlockIsNoticed() {
        RandomColumns random = new RandomColumns(4);
        for (int rows : new int[] {5, 100}) {
            ColumnVector[] columns = {
                random.column(DataType.DOUBLE, rows, 5, 1), random.column(DataType.TEXT, rows, 7, 0)
            };
            byte[] bytes = RandomColumns.encode(random.timestamps(rows), columns);
            int lastChecked = bytes.length - BitPacking.SLACK;
            for (int at = 0; at < bytes.length; at++) {
                boolean isMeaningful = rows == 5 || at < lastChecked && !isPadding(bytes, at);
                for (int bit = 0; bit < 8; bit++) {
                    byte[] damaged = bytes.clone();
                    damaged[at] ^= (byte) (1 << bit);
                    if (isMeaningful) {
                        TrellisException e = assertThrows(
                                TrellisException.class, () -> readAll(damaged, columns, counters), "byte " + at);
                        assertEquals(ErrorCode.DATA_CORRUPTED, e.code());
                    } else {
                        requireSame(columns, damaged);
                    }
                }
            }
        }
    }

    /** Bytes that mean nothing change nothing. */
    private void requireSame(ColumnVector[] columns, byte[] damaged) {
        Block block = Block.open(damaged, counters);
        for (int i = 0; i < columns.length; i++) {
            ColumnVector read = block.decode(i, columns[i].type(), 0, block.rowCount());
            RandomColumns.assertSame(columns[i], read, "column " + i);
        }
    }

    /** Zeros between header and bodies mean nothing. */
    private static boolean isPadding(byte[] bytes, int at) {
        int headerLength = ByteBuffer.wrap(bytes).getInt(BlockFormat.HEADER_LENGTH_AT);
        return at >= headerLength && at < BlockFormat.aligned(headerLength);
    }

    @Test
    void cutBlocksAreNoticed() {
        long seed = Seeds.next("cutBlocksAreNoticed");
        SplittableRandom choice = new SplittableRandom(seed);
        RandomColumns random = new RandomColumns(seed);
        ColumnVector[] columns = columns(random, choice, 200);
        byte[] bytes = RandomColumns.encode(random.timestamps(200), columns);

        for (int length = 0; length < bytes.length; length += 1 + length / 50) {
            byte[] cut = Arrays.copyOf(bytes, length);
            TrellisException e =
                    assertThrows(TrellisException.class, () -> readAll(cut, columns, counters), "length " + length);
            assertEquals(ErrorCode.DATA_CORRUPTED, e.code());
        }
    }

    /** Checksums are made to fit again, so that the decoders themselves meet the damage. */
    @Test
    void lyingBlocksEndInDataCorruptedOrOtherValues() {
        long seed = Seeds.next("lyingBlocksEndInDataCorruptedOrOtherValues");
        SplittableRandom choice = new SplittableRandom(seed);
        RandomColumns random = new RandomColumns(seed);
        for (int round = 0; round < 20_000; round++) {
            int rows = RandomColumns.SIZES[1 + choice.nextInt(5)];
            ColumnVector[] columns = columns(random, choice, rows);
            byte[] bytes = RandomColumns.encode(random.timestamps(rows), columns);
            for (int damage = 1 + choice.nextInt(3); damage > 0; damage--) {
                int at = choice.nextInt(3) == 0
                        ? choice.nextInt(bytes.length)
                        : choice.nextInt(Math.min(bytes.length, 400));
                bytes[at] = (byte) (choice.nextBoolean() ? choice.nextInt() : bytes[at] ^ 1 << choice.nextInt(8));
            }
            repair(bytes);
            try {
                readAll(bytes, columns, counters);
            } catch (TrellisException e) {
                assertEquals(ErrorCode.DATA_CORRUPTED, e.code(), "round " + round);
            } catch (RuntimeException e) {
                fail("round " + round + " of seed " + seed, e);
            }
        }
    }

    private static void repair(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
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
}
