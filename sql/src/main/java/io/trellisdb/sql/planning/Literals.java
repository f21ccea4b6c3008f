package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.expression.Literal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Constants: from Calcite's to ours, and from one of our types exactly to another. */
final class Literals {
    private static final BigDecimal NANOS_PER_MILLISECOND = BigDecimal.valueOf(1_000_000);

    private static final int UUID_LENGTH = 36;

    private Literals() {}

    static Literal of(RexLiteral literal) {
        DataType type = TypeMapping.toTrellis(literal.getType());
        return literal.isNull() ? new Literal(null, type) : of(value(literal), type);
    }

    /** The value as Calcite keeps it; its own accessors would make moments of milliseconds. */
    private static Object value(RexLiteral literal) {
        Class<?> form =
                switch (literal.getTypeName()) {
                    case DATE -> DateString.class;
                    case TIME, TIME_WITH_LOCAL_TIME_ZONE -> TimeString.class;
                    case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TimestampString.class;
                    case BOOLEAN -> Boolean.class;
                    case CHAR -> NlsString.class;
                    case BINARY -> ByteString.class;
                    case UUID -> UUID.class;
                    default -> Comparable.class;
                };
        Object value = form == Comparable.class ? literal.getValue() : literal.getValueAs(form);
        return Objects.requireNonNull(value, "literal");
    }

    /** A literal of Calcite's value (RexLiteral's own form, or null). */
    static Literal of(@Nullable Object value, DataType type) {
        return value == null ? new Literal(null, type) : new Literal(boxed(value, type), type);
    }

    private static Object boxed(Object value, DataType type) {
        try {
            return switch (type.kind()) {
                case BOOLEAN -> value;
                case TINYINT, SMALLINT, INTEGER -> ((BigDecimal) value).intValueExact();
                case BIGINT -> ((BigDecimal) value).longValueExact();
                case REAL -> ((Number) value).floatValue();
                case DOUBLE -> ((Number) value).doubleValue();
                case DECIMAL -> ((BigDecimal) value).setScale(type.scale(), RoundingMode.HALF_UP);
                case CHAR -> stripBlanks(((NlsString) value).getValue());
                case VARCHAR, TEXT -> ((NlsString) value).getValue();
                case BINARY, VARBINARY, BLOB -> ((ByteString) value).getBytes();
                case DATE -> LocalDate.parse(((DateString) value).toString());
                case TIME -> LocalTime.parse(((TimeString) value).toString());
                case TIMESTAMP -> dateTime((TimestampString) value);
                case TIMESTAMP_LTZ -> dateTime((TimestampString) value).toInstant(ZoneOffset.UTC);
                case INTERVAL_MONTH -> period(((BigDecimal) value).longValueExact());
                case INTERVAL_NANO ->
                    Duration.ofNanos(
                            ((BigDecimal) value).multiply(NANOS_PER_MILLISECOND).longValueExact());
                case UUID -> value instanceof UUID uuid ? uuid : UUID.fromString(value.toString());
                case ARRAY, NULL ->
                    throw new TrellisException(ErrorCode.NOT_SUPPORTED, "literal is not supported: " + type);
            };
        } catch (ArithmeticException e) {
            throw new TrellisException(ErrorCode.NUMBER_OUT_OF_RANGE, "literal does not fit " + type + ": " + value, e);
        }
    }

    private static LocalDateTime dateTime(TimestampString value) {
        return LocalDateTime.parse(value.toString().replace(' ', 'T'));
    }

    private static Period period(long months) {
        return Period.of(Math.toIntExact(months / 12), (int) (months % 12), 0);
    }

    /** The same value in another type; empty when that type cannot hold it exactly, or the conversion is not this simple. */
    static Optional<Literal> exactly(Literal literal, DataType target) {
        Object value = literal.value();
        if (literal.type().equals(target)) {
            return Optional.of(literal);
        }
        if (value == null) {
            return Optional.of(new Literal(null, target));
        }
        Object converted = convert(value, literal.type(), target);
        return converted == null ? Optional.empty() : Optional.of(new Literal(converted, target));
    }

    private static @Nullable Object convert(Object value, DataType from, DataType to) {
        return switch (to.kind()) {
            case TINYINT -> integer(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> bigint(value);
            case DECIMAL -> decimal(value, to);
            case DOUBLE -> approximate(value, from);
            case CHAR -> character(value, from, to);
            case VARCHAR -> from.kind().isString() && fits((String) value, to) ? value : null;
            case TEXT -> from.kind().isString() ? value : null;
            case TIMESTAMP -> timestamp(value, to);
            case TIMESTAMP_LTZ ->
                value instanceof Instant instant && fractionFits(instant.getNano(), to) ? instant : null;
            case UUID -> uuid(value, from);
            case TIME -> value instanceof LocalTime time && fractionFits(time.getNano(), to) ? time : null;
            default -> null;
        };
    }

    private static @Nullable BigDecimal exact(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        return value instanceof Integer || value instanceof Long
                ? BigDecimal.valueOf(((Number) value).longValue())
                : null;
    }

    private static @Nullable BigDecimal whole(Object value) {
        BigDecimal exact = exact(value);
        return exact != null
                        && (exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0)
                ? exact
                : null;
    }

    private static @Nullable Object integer(Object value, int min, int max) {
        BigDecimal whole = whole(value);
        return whole != null
                        && whole.compareTo(BigDecimal.valueOf(min)) >= 0
                        && whole.compareTo(BigDecimal.valueOf(max)) <= 0
                ? (Object) whole.intValueExact()
                : null;
    }

    private static @Nullable Object bigint(Object value) {
        BigDecimal whole = whole(value);
        return whole != null
                        && whole.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
                        && whole.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0
                ? (Object) whole.longValueExact()
                : null;
    }

    private static @Nullable Object decimal(Object value, DataType to) {
        BigDecimal exact = exact(value);
        if (exact == null) {
            return null;
        }
        BigDecimal stripped = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
        boolean fits = stripped.scale() <= to.scale()
                && (long) stripped.precision() - stripped.scale() <= to.precision() - to.scale();
        return fits || stripped.signum() == 0 ? stripped.setScale(to.scale()) : null;
    }

    /** Numbers compare with DOUBLE as doubles, so that any of them may be made one. */
    private static @Nullable Object approximate(Object value, DataType from) {
        return from.kind().isNumeric() ? (Object) ((Number) value).doubleValue() : null;
    }

    /** CHAR compares without trailing blanks. */
    private static @Nullable Object character(Object value, DataType from, DataType to) {
        if (!from.kind().isString()) {
            return null;
        }
        String stripped = stripBlanks((String) value);
        return fits(stripped, to) ? stripped : null;
    }

    private static @Nullable Object uuid(Object value, DataType from) {
        if (!from.kind().isString() || ((String) value).length() != UUID_LENGTH) {
            return null;
        }
        try {
            return UUID.fromString((String) value);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String stripBlanks(String value) {
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == ' ') {
            end--;
        }
        return value.substring(0, end);
    }

    private static boolean fits(String value, DataType to) {
        return to.precision() == 0 || value.codePointCount(0, value.length()) <= to.precision();
    }

    private static @Nullable Object timestamp(Object value, DataType to) {
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        return value instanceof LocalDateTime dateTime && fractionFits(dateTime.getNano(), to) ? dateTime : null;
    }

    private static boolean fractionFits(int nanos, DataType to) {
        int unit = 1;
        for (int i = to.precision(); i < DataType.MAX_TIME_PRECISION; i++) {
            unit *= 10;
        }
        return nanos % unit == 0;
    }
}
