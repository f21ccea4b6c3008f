package io.trellisdb.sql.aggregate;

import io.trellisdb.common.batch.Boxing;
import io.trellisdb.common.batch.DoubleVectorBuilder;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.ValueRanges;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Appends numbers as the type that the plan wants, checked. */
final class Results {
    private Results() {}

    static TrellisException overflow(String function, DataType type, Object value) {
        return new TrellisException(
                ErrorCode.NUMBER_OUT_OF_RANGE, "result of " + function + " is out of range of " + type + ": " + value);
    }

    static void append(VectorBuilder out, BigDecimal value, String function) {
        DataType type = out.type();
        switch (type.kind()) {
            case REAL, DOUBLE -> append(out, value.doubleValue(), function);
            case DECIMAL -> {
                BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
                BigInteger unscaled = rounded.unscaledValue();
                boolean fits = unscaled.bitLength() < 128
                        && ValueRanges.fits(
                                DataType.decimal(type.precision(), type.scale()),
                                Boxing.high(unscaled),
                                Boxing.low(unscaled));
                if (!fits) {
                    throw overflow(function, type, value.toPlainString());
                }
                out.append(rounded);
            }
            default -> appendWhole(out, value.setScale(0, RoundingMode.HALF_UP).toBigInteger(), function);
        }
    }

    private static void appendWhole(VectorBuilder out, BigInteger value, String function) {
        DataType type = out.type();
        if (value.bitLength() > 63 || !ValueRanges.fits(type, value.longValue())) {
            throw overflow(function, type, value);
        }
        if (out instanceof LongVectorBuilder longs) {
            longs.appendLong(value.longValue());
        } else {
            out.append(value.intValue());
        }
    }

    static void append(VectorBuilder out, double value, String function) {
        DataType type = out.type();
        if (out instanceof DoubleVectorBuilder doubles) {
            doubles.appendDouble(type.kind() == TypeKind.REAL ? (float) value : value);
        } else if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw overflow(function, type, value);
        } else {
            append(out, BigDecimal.valueOf(value), function);
        }
    }

    static void append(VectorBuilder out, long value, String function) {
        DataType type = out.type();
        if (type.kind() == TypeKind.BIGINT) {
            ((LongVectorBuilder) out).appendLong(value);
        } else {
            append(out, BigDecimal.valueOf(value), function);
        }
    }
}
