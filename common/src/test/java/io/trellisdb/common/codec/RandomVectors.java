package io.trellisdb.common.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.common.batch.ArrayVector;
import io.trellisdb.common.batch.ArrayVectorBuilder;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.BytesVector;
import io.trellisdb.common.batch.BytesVectorBuilder;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.DoubleVector;
import io.trellisdb.common.batch.DoubleVectorBuilder;
import io.trellisdb.common.batch.Int128Vector;
import io.trellisdb.common.batch.Int128VectorBuilder;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.IntVectorBuilder;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Columns of nasty values, and their comparison bit by bit. */
final class RandomVectors {
    static final int[] SIZES = {0, 1, 2, 63, 64, 65, 4095, 4096};

    /** Types that a key may have. */
    static final List<DataType> KEY_TYPES = List.of(
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.SMALLINT,
            DataType.INTEGER,
            DataType.BIGINT,
            DataType.REAL,
            DataType.DOUBLE,
            DataType.decimal(9, 2),
            DataType.decimal(18, 18),
            DataType.decimal(19, 0),
            DataType.decimal(38, 10),
            DataType.character(6),
            DataType.varchar(9),
            DataType.TEXT,
            DataType.binary(3),
            DataType.varbinary(8),
            DataType.BLOB,
            DataType.DATE,
            DataType.time(9),
            DataType.timestamp(0),
            DataType.timestamp(2),
            DataType.timestamp(3),
            DataType.timestampLtz(9),
            DataType.INTERVAL_MONTH,
            DataType.INTERVAL_NANO,
            DataType.UUID);

    /** Types that a column may have, and NULL. */
    static final List<DataType> ALL_TYPES = Stream.concat(
                    KEY_TYPES.stream(),
                    Stream.of(
                            DataType.array(DataType.BIGINT),
                            DataType.array(DataType.TEXT),
                            DataType.array(DataType.decimal(30, 3)),
                            DataType.array(DataType.DOUBLE),
                            DataType.NULL))
            .toList();

    private static final long[] NASTY_DOUBLES = {
        0L,
        Long.MIN_VALUE,
        Double.doubleToRawLongBits(Double.NaN),
        0x7FF0_0000_0000_0001L,
        0xFFF8_0000_DEAD_BEEFL,
        Double.doubleToRawLongBits(Double.POSITIVE_INFINITY),
        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
        Double.doubleToRawLongBits(Double.MIN_VALUE),
        Double.doubleToRawLongBits(-Double.MIN_VALUE),
        Double.doubleToRawLongBits(Double.MAX_VALUE),
        Double.doubleToRawLongBits(-Double.MAX_VALUE),
        Double.doubleToRawLongBits(0.1),
    };
    private static final String[] NASTY_STRINGS = {
        "", "\0", "\0\0", "a\0b", "a", "aa", "\u00e9", "\ud83d\ude00", "\uffff", "\u0001"
    };

    private final SplittableRandom random;

    RandomVectors(long seed) {
        this.random = new SplittableRandom(seed);
    }

    Batch batch(List<DataType> types, int rows) {
        ColumnVector[] columns = new ColumnVector[types.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = vector(types.get(i), rows);
        }
        return new Batch(rows, columns);
    }

    /** Constant, regular, narrow or wild values, with no, few, many or only NULLs. */
    ColumnVector vector(DataType type, int rows) {
        VectorBuilder builder = VectorBuilder.of(type, rows);
        double nulls = new double[] {0, 0, 0.05, 0.9, 1}[random.nextInt(5)];
        int style = random.nextInt(4);
        long start = random.nextLong();
        long step = random.nextBoolean() ? random.nextLong(-300, 300) : random.nextLong();
        for (int row = 0; row < rows; row++) {
            if (type.kind() == TypeKind.NULL || random.nextDouble() < nulls) {
                builder.appendNull();
            } else {
                append(builder, style, start, step, row);
            }
        }
        return builder.build();
    }

    private void append(VectorBuilder builder, int style, long start, long step, int row) {
        DataType type = builder.type();
        long wanted =
                switch (style) {
                    case 0 -> start;
                    case 1 -> start + row * step;
                    case 2 -> start + random.nextInt(200);
                    default -> nastyLong();
                };
        if (builder instanceof IntVectorBuilder ints) {
            ints.appendInt((int) clamp(type, wanted));
        } else if (builder instanceof LongVectorBuilder longs) {
            longs.appendLong(clamp(type, wanted));
        } else if (builder instanceof DoubleVectorBuilder doubles) {
            doubles.appendDouble(number(type, style, wanted));
        } else if (builder instanceof Int128VectorBuilder wide) {
            appendWide(wide, wanted);
        } else if (builder instanceof BytesVectorBuilder bytes) {
            appendBytes(bytes, style, wanted);
        } else {
            ArrayVectorBuilder arrays = (ArrayVectorBuilder) builder;
            int count = style == 0 ? 3 : random.nextInt(5);
            for (int i = 0; i < count; i++) {
                if (style == 3 && random.nextInt(3) == 0) {
                    arrays.elements().appendNull();
                } else {
                    append(arrays.elements(), style, start, step, i);
                }
            }
            arrays.endArray();
        }
    }

    private long nastyLong() {
        return switch (random.nextInt(8)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> 0;
            case 3 -> -1;
            case 4 -> 1L << random.nextInt(64);
            default -> random.nextLong();
        };
    }

    /** A value of the type, often one of its ends. */
    private static long clamp(DataType type, long value) {
        long min = ValueRanges.min(type);
        long max = ValueRanges.max(type);
        if (value >= min && value <= max) {
            return value;
        }
        long remainder = Math.floorMod(value, 7);
        return remainder == 0 ? min : remainder == 1 ? max : min + Math.floorMod(value, Math.max(1, max / 2 - min / 2));
    }

    private double number(DataType type, int style, long wanted) {
        double value = style == 3
                ? Double.longBitsToDouble(NASTY_DOUBLES[random.nextInt(NASTY_DOUBLES.length)])
                : style == 2 ? wanted % 1000 / 100.0 : wanted;
        return type.kind() == TypeKind.REAL ? (float) value : value;
    }

    private void appendWide(Int128VectorBuilder wide, long wanted) {
        if (wide.type().kind() == TypeKind.UUID) {
            wide.append(wanted, nastyLong());
            return;
        }
        BigInteger limit = BigInteger.TEN.pow(wide.type().precision());
        BigInteger value = BigInteger.valueOf(wanted)
                .multiply(BigInteger.valueOf(nastyLong()))
                .remainder(limit);
        if (random.nextInt(10) == 0) {
            value = limit.subtract(BigInteger.ONE).multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1));
        }
        wide.append(Boxing.high(value), Boxing.low(value));
    }

    private void appendBytes(BytesVectorBuilder bytes, int style, long wanted) {
        DataType type = bytes.type();
        if (type.kind().isString()) {
            bytes.appendString(
                    style == 0
                            ? "same"
                            : style == 3
                                    ? NASTY_STRINGS[random.nextInt(NASTY_STRINGS.length)]
                                    : "v" + Math.abs(wanted % 100));
            return;
        }
        int length = type.kind() == TypeKind.BINARY ? type.precision() : random.nextInt(8);
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
            value[i] = (byte) (style == 0 ? 7 : new int[] {0, 1, 0xFF, random.nextInt(256)}[random.nextInt(4)]);
        }
        bytes.append(value, 0, length);
    }

    static void assertSame(Batch expected, Batch actual) {
        assertEquals(expected.rowCount(), actual.rowCount());
        assertEquals(expected.types(), actual.types());
        for (int i = 0; i < expected.columnCount(); i++) {
            assertSame(expected.column(i), actual.column(i));
        }
    }

    /** Same type, NULLs and bits; the value under a NULL is zero in {@code actual}. */
    static void assertSame(ColumnVector expected, ColumnVector actual) {
        assertEquals(expected.type(), actual.type());
        assertEquals(expected.size(), actual.size());
        for (int row = 0; row < expected.size(); row++) {
            boolean isNull = expected.isNull(row);
            if (isNull != actual.isNull(row)) {
                assertEquals(isNull, actual.isNull(row), expected.type() + " row " + row);
            }
            String actualBits = bits(actual, row);
            String expectedBits = isNull ? zero(actual) : bits(expected, row);
            if (!expectedBits.equals(actualBits)) {
                assertEquals(expectedBits, actualBits, expected.type() + " row " + row);
            }
        }
    }

    private static String zero(ColumnVector vector) {
        return vector instanceof Int128Vector
                ? "0 0"
                : vector instanceof BytesVector || vector instanceof ArrayVector ? "" : "0";
    }

    static String bits(ColumnVector vector, int row) {
        if (vector instanceof IntVector ints) {
            return Integer.toString(ints.get(row));
        } else if (vector instanceof LongVector longs) {
            return Long.toString(longs.get(row));
        } else if (vector instanceof DoubleVector doubles) {
            return Long.toHexString(Double.doubleToRawLongBits(doubles.get(row)));
        } else if (vector instanceof Int128Vector wide) {
            return wide.high(row) + " " + wide.low(row);
        } else if (vector instanceof BytesVector bytes) {
            return new String(bytes.copy(row), StandardCharsets.ISO_8859_1);
        }
        ArrayVector arrays = (ArrayVector) vector;
        StringBuilder text = new StringBuilder();
        for (int i = arrays.offsets()[row]; i < arrays.offsets()[row + 1]; i++) {
            text.append(arrays.elements().isNull(i) ? "NULL" : bits(arrays.elements(), i))
                    .append(';');
        }
        return text.toString();
    }
}
