package io.trellisdb.common.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.codec.BatchCodec.Origin;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class BatchCodecTest {
    @Test
    void everyColumnComesBackBitByBit() {
        long seed = TestSeed.next("everyColumnComesBackBitByBit");
        RandomVectors random = new RandomVectors(seed);
        for (int rows : RandomVectors.SIZES) {
            for (int round = 0; round < (rows > 100 ? 8 : 60); round++) {
                Batch batch = random.batch(RandomVectors.ALL_TYPES, rows);

                byte[] plain = encode(batch);
                RandomVectors.assertSame(batch, BatchCodec.decode(ByteReader.ofStored(plain), batch.types()));
                assertArrayEquals(plain, encode(BatchCodec.decode(ByteReader.ofStored(plain), batch.types())));
                ByteReader typed = ByteReader.ofWire(encodeWithTypes(batch));
                RandomVectors.assertSame(batch, BatchCodec.decodeWithTypes(typed, Origin.CLIENT));
                typed.expectEnd();
            }
        }
    }

    @Test
    void slicesAndSelectionsEncodeLikeTheirCopies() {
        RandomVectors random = new RandomVectors(TestSeed.next("slicesAndSelectionsEncodeLikeTheirCopies"));
        Batch batch = random.batch(RandomVectors.ALL_TYPES, 100);
        Batch slice = batch.slice(13, 80);

        Batch decoded = BatchCodec.decode(ByteReader.ofStored(encode(slice)), slice.types());

        RandomVectors.assertSame(slice, decoded);
    }

    @Test
    void formatIsStable() {
        BatchBuilder builder = new BatchBuilder(
                List.of(
                        DataType.INTEGER,
                        DataType.timestamp(3),
                        DataType.DOUBLE,
                        DataType.TEXT,
                        DataType.UUID,
                        DataType.array(DataType.BIGINT),
                        DataType.BOOLEAN),
                3);
        builder.appendRow(7, second(1), 0.5, "ab", new UUID(1, 2), List.of(1L), null);
        builder.appendRow(8, second(2), 0.1, "", new UUID(1, 3), List.of(), null);
        builder.appendRow(null, second(3), -0.0, null, null, null, null);

        String types = "04" + "1103" + "07" + "0b" + "15" + "1605" + "01";
        String integers = "0104" + "110e000101";
        String times = "00" + "20d00fd00f";
        String doubles = "00" + "00" + "000000000000e03f" + "9a9999999999b93f" + "0000000000000080";
        String texts = "0104" + "1100020000" + "00" + "6162";
        String uuids = "0104" + "0102" + "1104000101";
        String arrays = "0104" + "1100010000" + "00" + "0102";
        String booleans = "02";
        assertEquals(
                "0307" + types + integers + times + doubles + texts + uuids + arrays + booleans,
                HexFormat.of().formatHex(encodeWithTypes(builder.build())));
    }

    private static LocalDateTime second(int second) {
        return LocalDateTime.of(1970, 1, 1, 0, 0, second);
    }

    @Test
    void regularColumnsTakeFewBytes() {
        long[] times = new long[4096];
        for (int i = 0; i < times.length; i++) {
            times[i] = 1_700_000_000_000L + i * 1000L;
        }
        Batch batch = new Batch(
                4096,
                new LongVector(DataType.timestamp(3), times, null, 4096),
                Vectors.constant(DataType.TEXT, "host-17", 4096),
                Vectors.nulls(DataType.DOUBLE, 4096));

        assertTrue(encode(batch).length < 50);
    }

    @Test
    void valuesLeftUnderANullAreNotEncoded() {
        long[] bits = {0b010};
        ColumnVector dirty = new LongVector(DataType.BIGINT, new long[] {1, 999_999_999_999L, 2}, bits, 3);
        ColumnVector clean = new LongVector(DataType.BIGINT, new long[] {1, 0, 2}, bits, 3);
        byte[] text = "abSECRETc".getBytes(StandardCharsets.US_ASCII);
        ColumnVector dirtyText = new BytesVector(DataType.TEXT, text, new int[] {0, 2, 8, 9}, bits, 3);

        assertArrayEquals(encode(new Batch(3, clean)), encode(new Batch(3, dirty)));
        BytesVector decoded = (BytesVector)
                BatchCodec.decode(ByteReader.ofStored(encode(new Batch(3, dirtyText))), List.of(DataType.TEXT))
                        .column(0);
        assertEquals(0, decoded.length(1));
        assertEquals("c", decoded.string(2));
    }

    @Test
    void truncationAtEveryByteIsRefused() {
        RandomVectors random = new RandomVectors(TestSeed.next("truncationAtEveryByteIsRefused"));
        for (int rows : new int[] {1, 3, 65}) {
            Batch batch = random.batch(RandomVectors.ALL_TYPES, rows);
            byte[] bytes = encode(batch);
            for (int length = 0; length < bytes.length; length++) {
                ByteReader in = ByteReader.ofStored(bytes, 0, length);
                assertEquals(
                        ErrorCode.DATA_CORRUPTED,
                        assertThrows(TrellisException.class, () -> BatchCodec.decode(in, batch.types()))
                                .code());
            }
        }
    }

    @Test
    void damagedBytesGiveValidBatchesOrTrellisExceptions() {
        long seed = TestSeed.next("damagedBytesGiveValidBatchesOrTrellisExceptions");
        SplittableRandom damage = new SplittableRandom(seed);
        RandomVectors random = new RandomVectors(seed);
        for (int round = 0; round < 4000; round++) {
            Batch batch = random.batch(RandomVectors.ALL_TYPES, damage.nextInt(1, 20));
            byte[] bytes = encodeWithTypes(batch);
            for (int i = damage.nextInt(1, 4); i > 0; i--) {
                bytes[damage.nextInt(bytes.length)] = (byte) damage.nextInt();
            }
            decodeHostile(bytes);
        }
    }

    @Test
    void randomBytesGiveValidBatchesOrTrellisExceptions() {
        SplittableRandom random = new SplittableRandom(TestSeed.next("randomBytesGiveValidBatchesOrTrellisExceptions"));
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            decodeHostile(bytes);
        }
    }

    /** Whatever decodes is whole: every value can be boxed. Whether it decodes or not, little memory is taken. */
    private static void decodeHostile(byte[] bytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Batch batch = BatchCodec.decodeWithTypes(ByteReader.ofWire(bytes), Origin.CLIENT);
            assertLittleAllocated(threads.getCurrentThreadAllocatedBytes() - before);
            for (int row = 0; row < batch.rowCount(); row++) {
                batch.row(row);
            }
        } catch (TrellisException e) {
            assertLittleAllocated(threads.getCurrentThreadAllocatedBytes() - before);
            assertTrue(e.code() != ErrorCode.INTERNAL, e::getMessage);
        }
    }

    private static void assertLittleAllocated(long bytes) {
        assertTrue(bytes < 2L * BatchCodec.MAX_EXPANSION, () -> bytes + " bytes");
    }

    @Test
    void declaredCountsBeyondTheDataAreRefusedBeforeMemoryIsTaken() {
        ByteWriter rows = new ByteWriter();
        rows.writeVarInt(1_000_000_000);
        rows.writeVarInt(1);
        assertRefused(rows, List.of(DataType.BIGINT));

        ByteWriter columns = new ByteWriter();
        columns.writeVarInt(1);
        columns.writeVarInt(1_000_000);
        ByteReader in = ByteReader.ofWire(columns.toByteArray());
        assertThrows(TrellisException.class, () -> BatchCodec.decodeWithTypes(in, Origin.CLIENT));

        ByteWriter arrays = new ByteWriter();
        arrays.writeVarInt(1);
        arrays.writeVarInt(1);
        arrays.writeByte(0);
        arrays.writeByte(1);
        arrays.writeZigZagInt(100_000_000);
        arrays.writeByte(2);
        assertRefused(arrays, List.of(DataType.array(DataType.BIGINT)));
    }

    @Test
    void expansionIsBounded() {
        List<DataType> types = Collections.nCopies(60_000, DataType.BIGINT);
        ByteWriter out = new ByteWriter();
        out.writeVarInt(4096);
        out.writeVarInt(types.size());
        for (int i = 0; i < types.size(); i++) {
            out.writeByte(0);
            out.writeByte(1);
            out.writeZigZagLong(5);
        }
        assertRefused(out, types);
    }

    @Test
    void columnsWithoutValuesShareTheirMemory() {
        List<DataType> types = Collections.nCopies(60_000, DataType.BIGINT);
        ByteWriter out = new ByteWriter();
        out.writeVarInt(4096);
        out.writeVarInt(types.size());
        for (int i = 0; i < types.size(); i++) {
            out.writeByte(2);
        }

        Batch batch = BatchCodec.decode(ByteReader.ofWire(out.toByteArray()), types);

        assertEquals(((LongVector) batch.column(0)).values(), ((LongVector) batch.column(59_999)).values());
    }

    @Test
    void encoderStaysBelowTheExpansionThatTheDecoderAllows() {
        List<ColumnVector> columns = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            columns.add(Vectors.constant(DataType.BIGINT, 5L, 4096));
        }
        Batch batch = new Batch(4096, columns.toArray(new ColumnVector[0]));

        Batch decoded = BatchCodec.decode(ByteReader.ofStored(encode(batch)), batch.types());

        RandomVectors.assertSame(batch.column(2999), decoded.column(2999));
    }

    @Test
    void clientStringsAreChecked() {
        assertClientRefused(ErrorCode.INVALID_UTF8, DataType.TEXT, new byte[] {(byte) 0xC0, (byte) 0x80});
        assertClientRefused(ErrorCode.STRING_TOO_LONG, DataType.varchar(2), "abc".getBytes(StandardCharsets.UTF_8));
        assertClientRefused(ErrorCode.STRING_TOO_LONG, DataType.varbinary(2), new byte[3]);
        assertClientRefused(ErrorCode.PROTOCOL_VIOLATION, DataType.binary(2), new byte[1]);
        assertClientRefused(ErrorCode.PROTOCOL_VIOLATION, DataType.character(5), "a ".getBytes(StandardCharsets.UTF_8));
    }

    private static void assertClientRefused(ErrorCode code, DataType type, byte[] value) {
        Batch batch = new Batch(1, new BytesVector(type, value, new int[] {0, value.length}, null, 1));
        ByteReader in = ByteReader.ofWire(encode(batch));
        assertEquals(
                code,
                assertThrows(TrellisException.class, () -> BatchCodec.decode(in, List.of(type), Origin.CLIENT))
                        .code());
    }

    private static void assertRefused(ByteWriter out, List<DataType> types) {
        ByteReader in = ByteReader.ofWire(out.toByteArray());
        assertEquals(
                ErrorCode.PROTOCOL_VIOLATION,
                assertThrows(TrellisException.class, () -> BatchCodec.decode(in, types))
                        .code());
    }

    private static byte[] encode(Batch batch) {
        ByteWriter out = new ByteWriter();
        BatchCodec.encode(out, batch);
        return out.toByteArray();
    }

    private static byte[] encodeWithTypes(Batch batch) {
        ByteWriter out = new ByteWriter();
        BatchCodec.encodeWithTypes(out, batch);
        return out.toByteArray();
    }
}
