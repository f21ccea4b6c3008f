package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.IntVector;
import io.trellisdb.common.batch.LongVectorBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Starts of buckets. Fixed intervals are exact on the time line from an origin, by default Monday 2000-01-03 00:00; months
 * count on the calendar from 2000-01-01. With a zone, buckets of whole days and of months follow the zone's midnight, while
 * shorter ones stay exact on the time line, so that the hour which autumn repeats makes two buckets.
 */
final class TimeBuckets {
    private static final long DEFAULT_DAY = LocalDate.of(2000, 1, 3).toEpochDay();
    private static final long DEFAULT_MONTH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

    private TimeBuckets() {}

    /** Arguments: interval, moment, origin (or NULL), zone. */
    static @Nullable Kernel timeBucket(KernelRequest request) {
        DataType type = request.type(1);
        boolean interval = TimeArithmetic.isInterval(request.type(0));
        boolean originFits =
                request.count() < 3 || request.kind(2) == TypeKind.NULL || TimeCasts.isMoment(request.type(2));
        if (!interval || !originFits || !TimeCasts.isMoment(type) || !TimeCasts.isMoment(request.result())) {
            return null;
        }
        return bucket(request);
    }

    private static Kernel bucket(KernelRequest request) {
        DataType type = request.type(1);
        DataType result = request.result();
        int precision = type.kind() == TypeKind.DATE ? 0 : type.precision();
        boolean months = request.kind(0) == TypeKind.INTERVAL_MONTH;
        DataType working = DataType.timestamp(precision);
        boolean instant = type.kind() == TypeKind.TIMESTAMP_LTZ;
        Zones zones = new Zones();
        Kernel strict = Kernels.any(result, (a, row, out) -> {
            ZoneId zone = a.length > 3
                    ? zones.of(a[3].string(row))
                    : instant ? request.context().zone() : ZoneOffset.UTC;
            long width = a[0].integer(row);
            if (width <= 0) {
                throw new TrellisException(
                        ErrorCode.INVALID_PARAMETER, "interval of a bucket is not positive: " + a[0].value(row));
            }
            long moment = units(a[1], row, precision);
            boolean hasOrigin = a.length > 2 && a[2].type().kind() != TypeKind.NULL && !a[2].isNull(row);
            boolean onClock = months || width % Times.NANOS_PER_DAY == 0;
            long origin = hasOrigin
                    ? origin(a[2], row, precision, instant ? zone : ZoneOffset.UTC)
                    : Times.ofDay(months ? DEFAULT_MONTH_DAY : DEFAULT_DAY, 0, precision);
            long start;
            if (onClock) {
                long localOrigin = !hasOrigin ? origin : Times.toLocal(origin, precision, zone);
                long local = Times.toLocal(moment, precision, zone);
                long bucket = months
                        ? monthBucket(width, local, localOrigin, precision)
                        : exact(width, local, localOrigin, precision);
                start = Times.toInstant(bucket, precision, zone);
            } else {
                long pointOrigin = !hasOrigin ? Times.toInstant(origin, precision, zone) : origin;
                start = exact(width, moment, pointOrigin, precision);
            }
            append(out, start, working, result);
        });
        // a NULL origin means the default one, so it must not make the result NULL
        return (a, rows) -> {
            if (a.length > 2 && a[2].mayHaveNulls()) {
                return withNullableOrigin(strict, a, rows);
            }
            return strict.apply(a, rows);
        };
    }

    private static ColumnVector withNullableOrigin(Kernel strict, Operand[] a, int rows) {
        VectorBuilder out = null;
        for (int row = 0; row < rows; row++) {
            Operand[] one = new Operand[a.length];
            for (int i = 0; i < a.length; i++) {
                boolean absent = i == 2 && a[2].isNull(row);
                one[i] = Operand.constant(
                        absent
                                ? Vectors.nulls(DataType.NULL, 1)
                                : a[i].vector().slice(a[i].index(row), a[i].index(row) + 1));
            }
            if (one[2].type().kind() == TypeKind.NULL) {
                // any value that is not NULL; the NULL type alone says that there is no origin
                one[2] = Operand.constant(new IntVector(DataType.NULL, new int[1], null, 1));
            }
            ColumnVector value = strict.apply(one, 1);
            out = out == null ? VectorBuilder.of(value.type(), rows) : out;
            out.appendFrom(value, 0);
        }
        return out == null ? strict.apply(a, rows) : out.build();
    }

    /** A zone by its name, looked up again only when the name changes. */
    private static final class Zones {
        private String name = "UTC";
        private ZoneId zone = ZoneOffset.UTC;

        ZoneId of(String newName) {
            if (!newName.equals(name)) {
                zone = Times.zone(newName);
                name = newName;
            }
            return zone;
        }
    }

    /** An origin without zone is read as its moments are: in UTC, or beside instants on the zone's clock. */
    private static long origin(Operand a, int row, int precision, ZoneId zone) {
        long units = units(a, row, precision);
        return a.type().kind() == TypeKind.TIMESTAMP_LTZ ? units : Times.toInstant(units, precision, zone);
    }

    private static long units(Operand a, int row, int precision) {
        return a.type().kind() == TypeKind.DATE
                ? Times.ofDay(a.integer(row), 0, precision)
                : Times.rescale(a.integer(row), a.type().precision(), precision);
    }

    private static void append(VectorBuilder out, long start, DataType working, DataType result) {
        if (result.kind() == TypeKind.DATE) {
            out.append(LocalDate.ofEpochDay(TimeCasts.day(start, working.precision())));
        } else {
            long value = Times.rescale(start, working.precision(), result.precision());
            ((LongVectorBuilder) out).appendLong(value);
        }
    }

    /** The start of the bucket of {@code width} nanoseconds that holds a moment; times before the origin round down. */
    static long exact(long width, long moment, long origin, int precision) {
        long unit = Times.nanosPerUnit(precision);
        if (width % unit == 0) {
            long units = width / unit;
            long distance = moment - origin;
            boolean overflowed = ((moment ^ origin) & (moment ^ distance)) < 0;
            if (!overflowed) {
                long start = moment - Math.floorMod(distance, units);
                if (start <= moment) {
                    return start;
                }
                throw Times.overflow(DataType.timestamp(precision), "start of a bucket");
            }
        }
        return exactWide(BigInteger.valueOf(width), moment, origin, precision);
    }

    private static long exactWide(BigInteger width, long moment, long origin, int precision) {
        BigInteger unit = BigInteger.valueOf(Times.nanosPerUnit(precision));
        BigInteger distance =
                BigInteger.valueOf(moment).subtract(BigInteger.valueOf(origin)).multiply(unit);
        BigInteger start = BigInteger.valueOf(moment).multiply(unit).subtract(distance.mod(width));
        // a start between two units is rounded up to the first representable moment of its bucket
        BigInteger[] parts = start.divideAndRemainder(unit);
        BigInteger units = parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
        if (units.bitLength() > 63) {
            throw Times.overflow(DataType.timestamp(precision), "start of a bucket");
        }
        return units.longValue();
    }

    /** The start of the bucket of some months, counted from the origin's month; the origin's day and time are kept. */
    private static long monthBucket(long months, long moment, long origin, int precision) {
        long dayUnits = Times.unitsPerDay(precision);
        LocalDate first = LocalDate.ofEpochDay(Math.floorDiv(origin, dayUnits));
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(moment, dayUnits));
        long distance = (date.getYear() - first.getYear()) * 12L + date.getMonthValue() - first.getMonthValue();
        long bucket = Math.floorDiv(distance, months) * months;
        long start = TimeArithmetic.plusMonths(origin, precision, bucket);
        return start <= moment ? start : TimeArithmetic.plusMonths(origin, precision, bucket - months);
    }

    /** DATE_BIN: fixed intervals from an origin that must be given. */
    static @Nullable Kernel dateBin(KernelRequest request) {
        if (request.kind(0) != TypeKind.INTERVAL_NANO) {
            return null;
        }
        return timeBucket(request);
    }
}
