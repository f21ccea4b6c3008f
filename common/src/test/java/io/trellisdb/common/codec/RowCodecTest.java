package io.trellisdb.common.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.codec.RowLayout.LayoutColumn;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RowCodecTest {
    private static final List<DataType> TYPES = RandomVectors.ALL_TYPES;
    private static final List<DataType> FLAT_TYPES = RandomVectors.KEY_TYPES;

    private static RowCodec codec(int schemaVersion, List<DataType> types) {
        return new RowCodec(RowLayout.of(
                schemaVersion,
                IntStream.range(0, types.size())
                        .mapToObj(i -> new LayoutColumn(i + 10, types.get(i)))
                        .toList()));
    }

    private static int[] all(List<DataType> types) {
        return IntStream.range(0, types.size()).toArray();
    }

    @Test
    void everyColumnComesBackBitByBit() {
        RandomVectors random = new RandomVectors(TestSeed.next("everyColumnComesBackBitByBit"));
        for (List<DataType> types : List.of(TYPES, FLAT_TYPES)) {
            for (int version : new int[] {0, 63, 64, 300, 1_000_000, RowLayout.MAX_SCHEMA_VERSION}) {
                RowCodec codec = codec(version, types);
                Batch batch = random.batch(types, 65);
                BatchBuilder decoded = new BatchBuilder(types, 65);
                VectorBuilder[] builders = new VectorBuilder[types.size()];
                Arrays.setAll(builders, decoded::column);
                ByteWriter out = new ByteWriter();
                for (int row = 0; row < 65; row++) {
                    int start = out.position();
                    codec.encode(out, batch, all(types), row);
                    byte[] bytes = out.toByteArray();
                    assertEquals(version, RowCodec.schemaVersion(bytes, start));
                    codec.decodeColumns(bytes, start, bytes.length - start, all(types), builders);
                }
                RandomVectors.assertSame(batch, decoded.build());
            }
        }
    }

    @Test
    void oneColumnIsReadAlone() {
        RandomVectors random = new RandomVectors(TestSeed.next("oneColumnIsReadAlone"));
        RowCodec codec = codec(1, FLAT_TYPES);
        Batch batch = random.batch(FLAT_TYPES, 1);
        ByteWriter out = new ByteWriter();
        codec.encode(out, batch, all(FLAT_TYPES), 0);
        byte[] row = out.toByteArray();

        for (int i = 0; i < FLAT_TYPES.size(); i++) {
            VectorBuilder builder = VectorBuilder.of(FLAT_TYPES.get(i), 1);
            codec.decodeColumn(row, 0, row.length, i, builder);
            RandomVectors.assertSame(batch.column(i), builder.build());
            assertEquals(batch.column(i).isNull(0), codec.isNull(row, 0, row.length, i));
        }
    }

    @Test
    void columnsThatTheBatchDoesNotHaveAreNull() {
        List<DataType> types = List.of(DataType.INTEGER, DataType.TEXT);
        RowCodec codec = codec(1, types);
        ByteWriter out = new ByteWriter();

        codec.encode(out, new Batch(1, Vectors.constant(DataType.TEXT, "x", 1)), new int[] {-1, 0}, 0);

        byte[] row = out.toByteArray();
        assertTrue(codec.isNull(row, 0, row.length, 0));
        VectorBuilder text = VectorBuilder.of(DataType.TEXT, 1);
        codec.decodeColumn(row, 0, row.length, 1, text);
        assertEquals("x", text.build().value(0));
    }

    @Test
    void valuesBeyondShortOffsetsFit() {
        List<DataType> types = List.of(DataType.TEXT, DataType.BLOB, DataType.TEXT);
        for (int length : new int[] {65_530, 65_535, 65_536, 8 * 1024 * 1024}) {
            RowCodec codec = codec(5, types);
            BatchBuilder builder = new BatchBuilder(types, 1);
            builder.appendRow("", new byte[length], "end");
            Batch batch = builder.build();
            ByteWriter out = new ByteWriter();
            codec.encode(out, batch, all(types), 0);
            byte[] row = out.toByteArray();
            VectorBuilder[] builders = new VectorBuilder[3];
            Arrays.setAll(builders, builder::column);

            codec.decodeColumns(row, 0, row.length, all(types), builders);

            RandomVectors.assertSame(batch, builder.build());
        }
    }

    @Test
    void formatIsStable() {
        List<DataType> types = List.of(
                DataType.TEXT, DataType.INTEGER, DataType.BIGINT, DataType.TEXT, DataType.BOOLEAN, DataType.DOUBLE);
        BatchBuilder builder = new BatchBuilder(types, 1);
        builder.appendRow("hi", 258, null, "!", true, -0.0);
        ByteWriter out = new ByteWriter();

        codec(70, types).encode(out, builder.build(), all(types), 0);

        assertEquals(
                "8c01" + "04" + "00000102" + "0000000000000000" + "01" + "8000000000000000" + "00020003" + "686921",
                HexFormat.of().formatHex(out.toByteArray()));
    }

    @Test
    void columnsAreFoundByTheirId() {
        RowLayout layout = codec(1, List.of(DataType.TEXT, DataType.BIGINT)).layout();

        assertEquals(1, layout.indexOf(11));
        assertEquals(-1, layout.indexOf(12));
    }

    @Test
    void rowOfAnotherVersionIsRefused() {
        List<DataType> types = List.of(DataType.BIGINT);
        ByteWriter out = new ByteWriter();
        codec(200, types).encode(out, new Batch(1, Vectors.constant(DataType.BIGINT, 1L, 1)), all(types), 0);
        byte[] row = out.toByteArray();

        assertEquals(
                ErrorCode.DATA_CORRUPTED,
                assertThrows(TrellisException.class, () -> codec(201, types).isNull(row, 0, row.length, 0))
                        .code());
    }

    @Test
    void truncatedRowsAreDataCorrupted() {
        RandomVectors random = new RandomVectors(TestSeed.next("truncatedRowsAreDataCorrupted"));
        RowCodec codec = codec(3, TYPES);
        Batch batch = random.batch(TYPES, 1);
        ByteWriter out = new ByteWriter();
        codec.encode(out, batch, all(TYPES), 0);
        byte[] row = out.toByteArray();
        for (int length = 0; length < row.length; length++) {
            decodeHostile(codec, Arrays.copyOf(row, length));
        }
    }

    @Test
    void damagedRowsGiveValidValuesOrDataCorrupted() {
        long seed = TestSeed.next("damagedRowsGiveValidValuesOrDataCorrupted");
        RandomVectors vectors = new RandomVectors(seed);
        SplittableRandom random = new SplittableRandom(seed);
        RowCodec codec = codec(3, TYPES);
        for (int round = 0; round < 3000; round++) {
            ByteWriter out = new ByteWriter();
            codec.encode(out, vectors.batch(TYPES, 1), all(TYPES), 0);
            byte[] row = out.toByteArray();
            row[random.nextInt(row.length)] = (byte) random.nextInt();
            decodeHostile(codec, row);
        }
    }

    private static void decodeHostile(RowCodec codec, byte[] row) {
        for (int i = 0; i < TYPES.size(); i++) {
            VectorBuilder builder = VectorBuilder.of(TYPES.get(i), 1);
            try {
                codec.decodeColumn(row, 0, row.length, i, builder);
                builder.build().value(0);
            } catch (TrellisException e) {
                assertEquals(ErrorCode.DATA_CORRUPTED, e.code());
            }
        }
    }
}
