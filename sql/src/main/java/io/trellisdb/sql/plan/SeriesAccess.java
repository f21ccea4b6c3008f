package io.trellisdb.sql.plan;

import io.trellisdb.sql.expression.Expression;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a time series container that a scan reads, in the words of the store: which series, which times. Expressions
 * are free of input columns; a NULL among alternatives is passed over, a NULL bound means no rows.
 *
 * @param keyColumns the columns (ids) of the series key: the primary key without the timestamp
 * @param timeColumn the timestamp's column id
 * @param keys for each of the first key columns its alternatives, of the column's type; all their combinations are read
 * @param keyBounds bounds of the next key column, of its type; all must hold
 * @param times bounds of the timestamp; all must hold. A value may be finer than the column; one with time zone bounds the
 *     time only roughly, and stays a condition
 * @param hints about other columns, which stay conditions
 * @param latest only the newest row of each series, if it lies within the times, which then have no upper bound
 */
public record SeriesAccess(
        List<Integer> keyColumns,
        int timeColumn,
        List<List<Expression>> keys,
        List<Bound> keyBounds,
        List<Bound> times,
        List<Hint> hints,
        boolean latest) {
    public SeriesAccess {
        keyColumns = List.copyOf(keyColumns);
        keys = keys.stream().map(List::copyOf).toList();
        keyBounds = List.copyOf(keyBounds);
        times = List.copyOf(times);
        hints = List.copyOf(hints);
    }

    /** How a column compares with a bound. */
    public enum Comparison {
        LESS("<"),
        AT_MOST("<="),
        EQUAL("="),
        AT_LEAST(">="),
        GREATER(">");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }

        /** Whether values below the bound are left out. */
        public boolean isLower() {
            return this == GREATER || this == AT_LEAST || this == EQUAL;
        }

        /** Whether values above the bound are left out. */
        public boolean isUpper() {
            return this == LESS || this == AT_MOST || this == EQUAL;
        }
    }

    /** A column on the left, a value on the right. */
    public record Bound(Comparison comparison, Expression value) {}

    /** A bound of a column that is not part of the key, of its type. */
    public record Hint(int columnId, Bound bound) {}

    /** Every expression in here. */
    public List<Expression> expressions() {
        List<Expression> all = new ArrayList<>();
        keys.forEach(all::addAll);
        keyBounds.forEach(bound -> all.add(bound.value()));
        times.forEach(bound -> all.add(bound.value()));
        hints.forEach(hint -> all.add(hint.bound().value()));
        return all;
    }

    /** The same series and times, of each series only its newest row. */
    public SeriesAccess latestOnly() {
        return new SeriesAccess(keyColumns, timeColumn, keys, keyBounds, times, hints, true);
    }
}
