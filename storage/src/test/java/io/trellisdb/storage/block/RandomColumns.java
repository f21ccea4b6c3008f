package io.trellisdb.storage.block;

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

/** Columns of regular, narrow, jumping and nasty values with no, few, alternating or only NULLs. */
final class RandomColumns {
    static final int[] SIZES = {0, 1, 2, 63, 64, 65, 4095, 4096};

    static final List<DataType> TYPES = List.of(
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.SMALLINT,
            DataType.INTEGER,
            DataType.BIGINT,
            DataType.REAL,
            DataType.DOUBLE,
            DataType.decimal(9, 2),
            DataType.decimal(19, 0),
            DataType.decimal(38, 10),
            DataType.character(6),
            DataType.varchar(9),
            DataType.TEXT,
            DataType.binary(3),
            DataType.BLOB,
            DataType.DATE,
            DataType.time(9),
            DataType.timestamp(0),
            DataType.timestamp(3),
            DataType.timestampLtz(9),
            DataType.INTERVAL_MONTH,
            DataType.INTERVAL_NANO,
            DataType.UUID,
            DataType.array(DataType.BIGINT),
            DataType.array(DataType.TEXT),
            DataType.array(DataType.decimal(30, 3)),
            DataType.array(DataType.DOUBLE));

    static final double[] NASTY_DOUBLES = {
        0.0,
        -0.0,
        Double.NaN,
        Double.longBitsToDouble(0x7FF0_0000_0000_0001L),
        Double.longBitsToDouble(0xFFF8_0000_DEAD_BEEFL),
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        0.1,
        1.0 / 3,
        0x1p51,
        0x1p53 + 2,
        Long.MIN_VALUE,
        123456789012345.0,
        0.123456789012345,
    };
    private static final long[] NASTY_LONGS = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 1, Integer.MIN_VALUE};
    private static final String[] NASTY_STRINGS = {"", "\0", "a\0b", "aa", "\u00e9", "\ud83d\ude00", "\uffff"};
    static final int STYLES = 9;
    private static final int NULL_STYLES = 5;

    private final SplittableRandom random;

    RandomColumns(long seed) {
        this.random = new SplittableRandom(seed);
    }

    ColumnVector column(DataType type, int rows) {
        return column(type, rows, random.nextInt(STYLES), random.nextInt(NULL_STYLES));
    }

    ColumnVector column(DataType type, int rows, int style, int nullStyle) {
        VectorBuilder builder = VectorBuilder.of(type, rows);
        long start = random.nextLong(-1_000_000, 1_000_000);
        long step = random.nextInt(4) == 0 ? random.nextLong() : random.nextLong(-300, 300);
        long[] walk = {start};
        for (int row = 0; row < rows; row++) {
            boolean isNull =
                    switch (nullStyle) {
                        case 1 -> random.nextInt(20) == 0;
                        case 2 -> (row & 1) == 0;
                        case 3 -> random.nextInt(10) > 0;
                        case 4 -> true;
                        default -> false;
                    };
            if (isNull) {
                builder.appendNull();
            } else {
                append(builder, style, wanted(style, start, step, row, walk));
            }
        }
        return builder.build();
    }

    private long wanted(int style, long start, long step, int row, long[] walk) {
        return switch (style) {
            case 0 -> start;
            case 1 -> start + row * step;
            case 2 -> start + random.nextInt(200);
            case 3 -> walk[0] += random.nextInt(7) - 3;
            case 4 -> start + row / 50 * step;
            case 5 -> start + row * step + (random.nextInt(100) == 0 ? random.nextLong() >>> random.nextInt(64) : 0);
            case 6 -> start + (long) row * row * 7;
            case 7 -> random.nextLong() >>> random.nextInt(64);
            default -> NASTY_LONGS[random.nextInt(NASTY_LONGS.length)];
        };
    }

    private void append(VectorBuilder builder, int style, long wanted) {
        DataType type = builder.type();
        if (builder instanceof IntVectorBuilder ints) {
            ints.appendInt((int) clamp(type, wanted));
        } else if (builder instanceof LongVectorBuilder longs) {
            longs.appendLong(clamp(type, wanted));
        } else if (builder instanceof DoubleVectorBuilder doubles) {
            double value =
                    switch (style) {
                        case 7 -> Double.longBitsToDouble(random.nextLong());
                        case 8 -> NASTY_DOUBLES[random.nextInt(NASTY_DOUBLES.length)];
                        case 2 -> wanted;
                        case 5 ->
                            random.nextInt(40) == 0
                                    ? NASTY_DOUBLES[random.nextInt(NASTY_DOUBLES.length)]
                                    : wanted % 10_000 / 100.0;
                        default -> wanted % 1_000_000 / 1000.0;
                    };
            doubles.appendDouble(type.kind() == TypeKind.REAL ? (float) value : value);
        } else if (builder instanceof Int128VectorBuilder wide) {
            appendWide(wide, wanted);
        } else if (builder instanceof BytesVectorBuilder bytes) {
            appendBytes(bytes, style, wanted);
        } else {
            ArrayVectorBuilder arrays = (ArrayVectorBuilder) builder;
            int count = random.nextInt(4);
            for (int i = 0; i < count; i++) {
                if (random.nextInt(5) == 0) {
                    arrays.elements().appendNull();
                } else {
                    append(arrays.elements(), style, wanted + i);
                }
            }
            arrays.endArray();
        }
    }

    private static long clamp(DataType type, long value) {
        long min = ValueRanges.min(type);
        long max = ValueRanges.max(type);
        return value < min ? min : Math.min(value, max);
    }

    private void appendWide(Int128VectorBuilder wide, long wanted) {
        if (wide.type().kind() == TypeKind.UUID) {
            wide.append(wanted, random.nextLong());
            return;
        }
        BigInteger value = BigInteger.valueOf(wanted)
                .multiply(BigInteger.valueOf(random.nextLong()))
                .remainder(BigInteger.TEN.pow(wide.type().precision()));
        wide.append(Boxing.high(value), Boxing.low(value));
    }

    private void appendBytes(BytesVectorBuilder bytes, int style, long wanted) {
        if (bytes.type().kind().isString()) {
            String value = style == 8
                    ? NASTY_STRINGS[random.nextInt(NASTY_STRINGS.length)]
                    : style < 4 ? "v" + Math.abs(wanted % 100) : Long.toString(wanted % 99_999, 36);
            bytes.appendString(value);
            return;
        }
        byte[] value = new byte[bytes.type().kind() == TypeKind.BINARY ? 3 : random.nextInt(style < 4 ? 4 : 90)];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) (style < 4 ? wanted >> i : random.nextInt());
        }
        bytes.append(value, 0, value.length);
    }

    long[] timestamps(int rows) {
        long[] timestamps = new long[rows];
        long value = random.nextInt(4) == 0 ? Long.MIN_VALUE : random.nextLong(1_700_000_000_000L);
        int style = random.nextInt(3);
        for (int i = 0; i < rows; i++) {
            timestamps[i] = value;
            value += style == 0 ? 10_000 : style == 1 && random.nextInt(50) > 0 ? 10_000 : 1 + random.nextInt(90_000);
        }
        return timestamps;
    }

    static int[] ids(int columns) {
        int[] ids = new int[columns];
        for (int i = 0; i < columns; i++) {
            ids[i] = 7 + 3 * i;
        }
        return ids;
    }

    static byte[] encode(long[] timestamps, ColumnVector... columns) {
        return new BlockWriter().encode(timestamps, ids(columns.length), new Batch(timestamps.length, columns));
    }

    /** Same type, NULLs and bits. */
    static void assertSame(ColumnVector expected, ColumnVector actual, String what) {
        assertEquals(expected.type(), actual.type(), what);
        assertEquals(expected.size(), actual.size(), what);
        for (int row = 0; row < expected.size(); row++) {
            if (expected.isNull(row) != actual.isNull(row)
                    || !bits(expected, row).equals(bits(actual, row))) {
                assertEquals(expected.isNull(row), actual.isNull(row), what + " row " + row);
                assertEquals(bits(expected, row), bits(actual, row), what + " row " + row);
            }
        }
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
            text.append(arrays.elements().isNull(i) ? "NULL" : bits(arrays.elements(), i));
            text.append(';');
        }
        return text.toString();
    }
}
