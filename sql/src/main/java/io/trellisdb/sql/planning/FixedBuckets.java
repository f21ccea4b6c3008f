package io.trellisdb.sql.planning;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.Call;
import io.trellisdb.sql.expression.Cast;
import io.trellisdb.sql.expression.ColumnRef;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.expression.Literal;
import io.trellisdb.sql.plan.SeriesAggregate.Group.Bucket;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sees expressions that give each timestamp the start of an interval of fixed width. */
final class FixedBuckets {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;

    private static final Map<String, Long> UNITS = Map.of(
            "MICROSECOND",
            1_000L,
            "MILLISECOND",
            1_000_000L,
            "SECOND",
            NANOS_PER_SECOND,
            "MINUTE",
            60 * NANOS_PER_SECOND,
            "HOUR",
            3600 * NANOS_PER_SECOND,
            "DAY",
            NANOS_PER_DAY,
            "WEEK",
            7 * NANOS_PER_DAY);

    /** Weeks begin on Mondays. */
    private static final LocalDateTime MONDAY = LocalDate.of(1970, 1, 5).atStartOfDay();

    /** Where TIME_BUCKET counts from. */
    private static final LocalDateTime DEFAULT_ORIGIN = LocalDate.of(2000, 1, 3).atStartOfDay();

    private static final LocalDateTime EPOCH = LocalDate.EPOCH.atStartOfDay();

    private final int time;
    private final DataType type;

    /** @param time the position of a TIMESTAMP column of this type */
    FixedBuckets(int time, DataType type) {
        this.time = time;
        this.type = type;
    }

    Optional<Bucket> of(Expression expression) {
        if (expression instanceof Cast cast && cast.type().kind() == TypeKind.DATE && isTime(cast.argument())) {
            return bucket(NANOS_PER_DAY, EPOCH, cast.type());
        }
        if (!(expression instanceof Call call) || call.type().kind() != TypeKind.TIMESTAMP) {
            return Optional.empty();
        }
        List<Expression> arguments = call.arguments();
        return switch (call.function()) {
            case "DATE_TRUNC" ->
                arguments.size() == 2
                                && isTime(arguments.get(1))
                                && arguments.get(0) instanceof Literal literal
                                && literal.value() instanceof String unit
                        ? truncated(unit.strip().toUpperCase(Locale.ROOT), call.type())
                        : Optional.empty();
            case "TIME_BUCKET", "DATE_BIN" -> binned(arguments, call.type());
            default ->
                call.function().startsWith("FLOOR_") && isTime(arguments.get(0))
                        ? truncated(call.function().substring("FLOOR_".length()), call.type())
                        : Optional.empty();
        };
    }

    /** The column, or it as a finer timestamp. */
    private boolean isTime(Expression expression) {
        if (expression instanceof Cast cast
                && cast.type().kind() == TypeKind.TIMESTAMP
                && cast.type().precision() >= type.precision()) {
            return isTime(cast.argument());
        }
        return expression instanceof ColumnRef column && column.index() == time;
    }

    private Optional<Bucket> truncated(String unit, DataType result) {
        Long nanos = UNITS.get(unit);
        return nanos == null ? Optional.empty() : bucket(nanos, unit.equals("WEEK") ? MONDAY : EPOCH, result);
    }

    private Optional<Bucket> binned(List<Expression> arguments, DataType result) {
        boolean isFixed = arguments.size() <= 3
                && isTime(arguments.get(1))
                && arguments.get(0) instanceof Literal width
                && width.value() instanceof Duration;
        if (!isFixed) {
            return Optional.empty();
        }
        Duration width = (Duration) ((Literal) arguments.get(0)).value();
        if (width == null || width.isNegative() || width.isZero() || width.compareTo(Duration.ofDays(100_000)) > 0) {
            return Optional.empty();
        }
        if (arguments.size() < 3) {
            return bucket(width.toNanos(), DEFAULT_ORIGIN, result);
        }
        if (!(arguments.get(2) instanceof Literal origin)) {
            return Optional.empty();
        }
        if (origin.value() == null) {
            return bucket(width.toNanos(), DEFAULT_ORIGIN, result);
        }
        return origin.value() instanceof LocalDateTime moment
                ? bucket(width.toNanos(), moment, result)
                : Optional.empty();
    }

    /** Whole units of the column; the origin is moved close to 1970. */
    private Optional<Bucket> bucket(long nanos, LocalDateTime origin, DataType result) {
        long unit = BigDecimal.TEN.pow(9 - type.precision()).longValueExact();
        if (nanos % unit != 0
                || nanos / unit < 2
                || result.kind() == TypeKind.TIMESTAMP && result.precision() < type.precision()) {
            return Optional.empty();
        }
        BigDecimal start = BigDecimal.valueOf(origin.toEpochSecond(ZoneOffset.UTC))
                .multiply(BigDecimal.valueOf(NANOS_PER_SECOND))
                .add(BigDecimal.valueOf(origin.getNano()));
        BigDecimal offset = start.remainder(BigDecimal.valueOf(nanos));
        if (offset.remainder(BigDecimal.valueOf(unit)).signum() != 0) {
            return Optional.empty();
        }
        long width = nanos / unit;
        return Optional.of(new Bucket(time, Math.floorMod(offset.longValueExact() / unit, width), width, result));
    }
}
