package io.trellisdb.common.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.codec.KeyCodec.KeyPart;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeyCodecTest {
    private static final int ROWS = 300;

    @Test
    void byteOrderIsValueOrder() {
        long seed = TestSeed.next("byteOrderIsValueOrder");
        RandomVectors vectors = new RandomVectors(seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            List<KeyPart> parts = randomParts(random);
            Batch batch = vectors.batch(parts.stream().map(KeyPart::type).toList(), ROWS);
            KeyCodec codec = new KeyCodec(parts);
            int[] columns = IntStream.range(0, parts.size()).toArray();
            for (int i = 0; i < ROWS; i++) {
                int a = random.nextInt(ROWS);
                int b = random.nextInt(ROWS);
                int bytes = Arrays.compareUnsigned(codec.encode(batch, columns, a), codec.encode(batch, columns, b));
                int values = compare(parts, batch, a, b);
                if (Integer.signum(bytes) != values) {
                    assertEquals(values, Integer.signum(bytes), parts + ": " + batch.row(a) + " and " + batch.row(b));
                }
            }
        }
    }

    private static List<KeyPart> randomParts(SplittableRandom random) {
        List<KeyPart> parts = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            DataType type = RandomVectors.KEY_TYPES.get(random.nextInt(RandomVectors.KEY_TYPES.size()));
            parts.add(new KeyPart(type, random.nextBoolean()));
        }
        return parts;
    }

    private static int compare(List<KeyPart> parts, Batch batch, int a, int b) {
        for (int i = 0; i < parts.size(); i++) {
            int order = compare(batch.column(i), a, b);
            if (order != 0) {
                return Integer.signum(parts.get(i).descending() ? -order : order);
            }
        }
        return 0;
    }

    /** The rules as SQL states them, apart from the codec. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(ColumnVector column, int a, int b) {
        Object x = column.value(a);
        Object y = column.value(b);
        if (x == null || y == null) {
            return x == y ? 0 : x == null ? 1 : -1;
        }
        return switch (column.type().kind()) {
            case CHAR, VARCHAR, TEXT, BINARY, VARBINARY, BLOB ->
                Arrays.compareUnsigned(((BytesVector) column).copy(a), ((BytesVector) column).copy(b));
            case REAL, DOUBLE -> Double.compare(((Number) x).doubleValue() + 0.0, ((Number) y).doubleValue() + 0.0);
            case UUID -> x.toString().compareTo(y.toString());
            case INTERVAL_MONTH -> Long.compare(((Period) x).toTotalMonths(), ((Period) y).toTotalMonths());
            default -> ((Comparable) x).compareTo(y);
        };
    }

    @Test
    void keysDecodeToTheirValues() {
        long seed = TestSeed.next("keysDecodeToTheirValues");
        RandomVectors vectors = new RandomVectors(seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            List<KeyPart> parts = randomParts(random);
            List<DataType> types = parts.stream().map(KeyPart::type).toList();
            Batch batch = vectors.batch(types, 65);
            KeyCodec codec = new KeyCodec(parts);
            int[] columns = IntStream.range(0, parts.size()).toArray();
            BatchBuilder decoded = new BatchBuilder(types, 65);
            VectorBuilder[] builders = new VectorBuilder[parts.size()];
            Arrays.setAll(builders, decoded::column);
            List<byte[]> keys = new ArrayList<>();
            for (int row = 0; row < 65; row++) {
                byte[] key = codec.encode(batch, columns, row);
                keys.add(key);
                assertEquals(key.length, codec.decode(key, 0, builders));
                assertEquals(key.length, codec.skip(key, 0, parts.size()));
                assertArrayEquals(key, codec.encodeValues(batch.row(row)));
            }
            Batch again = decoded.build();
            for (int row = 0; row < 65; row++) {
                assertEquals(0, compare(parts, both(batch, again, row), 0, 1), () -> parts.toString());
                assertArrayEquals(keys.get(row), codec.encode(again, columns, row));
            }
        }
    }

    private static Batch both(Batch first, Batch second, int row) {
        return Vectors.concatBatches(List.of(first.slice(row, row + 1), second.slice(row, row + 1)));
    }

    @Test
    void nullSortsLastAscendingAndFirstDescending() {
        KeyCodec ascending = KeyCodec.ascending(List.of(DataType.BIGINT));
        KeyCodec descending = new KeyCodec(List.of(new KeyPart(DataType.BIGINT, true)));

        assertTrue(Arrays.compareUnsigned(
                        ascending.encodeValues(nullValue()), ascending.encodeValues(List.of(Long.MAX_VALUE)))
                > 0);
        assertTrue(Arrays.compareUnsigned(
                        descending.encodeValues(nullValue()), descending.encodeValues(List.of(Long.MAX_VALUE)))
                < 0);
    }

    private static List<Object> nullValue() {
        return Arrays.asList((Object) null);
    }

    @Test
    void zerosAndNansOfEveryKindAreOneKey() {
        KeyCodec codec = KeyCodec.ascending(List.of(DataType.DOUBLE));

        assertArrayEquals(codec.encodeValues(List.of(0.0)), codec.encodeValues(List.of(-0.0)));
        assertArrayEquals(
                codec.encodeValues(List.of(Double.NaN)),
                codec.encodeValues(List.of(Double.longBitsToDouble(0xFFF8_0000_DEAD_BEEFL))));
        assertTrue(Arrays.compareUnsigned(
                        codec.encodeValues(List.of(Double.NaN)), codec.encodeValues(List.of(Double.POSITIVE_INFINITY)))
                > 0);
    }

    @Test
    void integersOfEveryWidthHaveOneKey() {
        byte[] key = KeyCodec.ascending(List.of(DataType.BIGINT)).encodeValues(List.of(-5L));

        for (DataType type : List.of(DataType.TINYINT, DataType.SMALLINT, DataType.INTEGER)) {
            assertArrayEquals(key, KeyCodec.ascending(List.of(type)).encodeValues(List.of(-5)));
        }
    }

    @Test
    void prefixOfValuesIsAPrefixOfBytesAndBoundedByItsSuccessor() {
        KeyCodec codec = new KeyCodec(List.of(KeyPart.ascending(DataType.TEXT), new KeyPart(DataType.BIGINT, true)));
        byte[] prefix = codec.encodeValues(List.of("a"));
        byte[] key = codec.encodeValues(List.of("a", 7L));
        byte[] next = KeyCodec.successor(prefix);

        assertArrayEquals(prefix, Arrays.copyOf(key, prefix.length));
        assertEquals(prefix.length, codec.skip(key, 0, 1));
        assertTrue(next != null && Arrays.compareUnsigned(key, next) < 0);
        assertTrue(Arrays.compareUnsigned(codec.encodeValues(List.of("a\0", 7L)), next) >= 0);
    }

    @Test
    void successorCarriesAndEnds() {
        assertArrayEquals(new byte[] {1, 3}, KeyCodec.successor(new byte[] {1, 2, -1, -1}));
        assertArrayEquals(new byte[] {-128}, KeyCodec.successor(new byte[] {127}));
        assertNull(KeyCodec.successor(new byte[] {-1, -1}));
        assertNull(KeyCodec.successor(new byte[0]));
    }

    @Test
    void formatIsStable() {
        KeyCodec codec = new KeyCodec(List.of(
                KeyPart.ascending(DataType.INTEGER),
                KeyPart.ascending(DataType.TEXT),
                new KeyPart(DataType.BOOLEAN, true),
                KeyPart.ascending(DataType.DOUBLE),
                KeyPart.ascending(DataType.DATE)));

        byte[] key = codec.encodeValues(Arrays.asList(1, "a\0b", true, 1.0, null));

        assertEquals(
                "018000000000000001" + "016100ff620001" + "fefe" + "01bff0000000000000" + "02",
                HexFormat.of().formatHex(key));
    }

    @Test
    void charIsEncodedWithoutTrailingBlanks() {
        KeyCodec codec = KeyCodec.ascending(List.of(DataType.character(4)));
        Batch padded =
                new Batch(1, new BytesVector(DataType.character(4), new byte[] {'a', ' '}, new int[] {0, 2}, null, 1));

        assertArrayEquals(codec.encodeValues(List.of("a")), codec.encode(padded, new int[] {0}, 0));
    }

    @Test
    void arraysAndTooManyColumnsAreRefused() {
        assertThrows(TrellisException.class, () -> KeyPart.ascending(DataType.array(DataType.BIGINT)));
        assertThrows(TrellisException.class, () -> KeyCodec.ascending(Collections.nCopies(17, DataType.BIGINT)));
        assertThrows(TrellisException.class, () -> new KeyCodec(List.of()));
    }

    @Test
    void damagedKeysAreDataCorrupted() {
        long seed = TestSeed.next("damagedKeysAreDataCorrupted");
        RandomVectors vectors = new RandomVectors(seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 5000; round++) {
            List<KeyPart> parts = randomParts(random);
            Batch batch = vectors.batch(parts.stream().map(KeyPart::type).toList(), 1);
            KeyCodec codec = new KeyCodec(parts);
            byte[] key = codec.encode(batch, IntStream.range(0, parts.size()).toArray(), 0);
            byte[] damaged = Arrays.copyOf(key, random.nextInt(key.length + 1));
            if (damaged.length == key.length || random.nextBoolean()) {
                flip(damaged, random);
            }
            VectorBuilder[] builders = new VectorBuilder[parts.size()];
            Arrays.setAll(builders, i -> VectorBuilder.of(parts.get(i).type(), 1));
            try {
                codec.decode(damaged, 0, builders);
                for (VectorBuilder builder : builders) {
                    builder.build().isNull(0);
                }
            } catch (TrellisException e) {
                assertEquals(ErrorCode.DATA_CORRUPTED, e.code());
            }
        }
    }

    private static void flip(byte[] bytes, SplittableRandom random) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }
}
