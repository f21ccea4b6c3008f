package io.trellisdb.sql.kernel;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.LongVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.expression.SessionValue;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** What CURRENT_TIMESTAMP, CURRENT_USER and their like answer. */
final class SessionValues {
    private SessionValues() {}

    static ColumnVector value(SessionValue expression, EvaluationContext context) {
        DataType type = expression.type();
        LocalDateTime local = LocalDateTime.ofInstant(context.startedAt(), context.zone());
        return switch (expression.kind()) {
            case CURRENT_TIMESTAMP, LOCAL_TIMESTAMP -> moment(type, context.startedAt(), local);
            case CURRENT_DATE -> Vectors.constant(type, local.toLocalDate(), 1);
            case LOCAL_TIME -> {
                long unit = Times.nanosPerUnit(type.precision());
                long nanos = local.toLocalTime().toNanoOfDay();
                yield new LongVector(type, new long[] {nanos - nanos % unit}, null, 1);
            }
            case CURRENT_USER, SESSION_USER -> Vectors.constant(type, context.user(), 1);
            case CURRENT_SCHEMA -> Vectors.constant(type, context.database(), 1);
            case CURRENT_CATALOG -> Vectors.constant(type, context.catalogName(), 1);
        };
    }

    private static ColumnVector moment(DataType type, Instant instant, LocalDateTime local) {
        boolean isInstant = type.kind() == TypeKind.TIMESTAMP_LTZ;
        long seconds = isInstant ? instant.getEpochSecond() : local.toEpochSecond(ZoneOffset.UTC);
        // digits beyond the precision are cut, so that a moment is never later than the clock
        long unit = Times.nanosPerUnit(type.precision());
        int nanos = (int) (instant.getNano() / unit * unit);
        return new LongVector(type, new long[] {Times.of(seconds, nanos, type.precision())}, null, 1);
    }
}
