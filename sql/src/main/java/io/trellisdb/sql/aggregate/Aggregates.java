package io.trellisdb.sql.aggregate;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.Layout;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.kernel.Casts;
import io.trellisdb.sql.plan.AggregateCall;
import io.trellisdb.sql.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every aggregate function, by the name that {@link AggregateCall} uses. The columns that an accumulator is given are the
 * call's arguments, then the columns of its order.
 */
public final class Aggregates {
    private static final Set<String> NAMES = Set.of(
            "COUNT",
            "SUM",
            "SUM0",
            "MIN",
            "MAX",
            "AVG",
            "STDDEV_POP",
            "STDDEV_SAMP",
            "VAR_POP",
            "VAR_SAMP",
            "COVAR_POP",
            "COVAR_SAMP",
            "CORR",
            "REGR_COUNT",
            "REGR_SLOPE",
            "REGR_INTERCEPT",
            "REGR_R2",
            "REGR_SXX",
            "REGR_SYY",
            "REGR_SXY",
            "REGR_AVGX",
            "REGR_AVGY",
            "BOOL_AND",
            "EVERY",
            "BOOL_OR",
            "SOME",
            "ANY_VALUE",
            "SINGLE_VALUE",
            "LISTAGG",
            "STRING_AGG",
            "ARRAY_AGG",
            "COLLECT",
            "FIRST",
            "LAST",
            "MIN_BY",
            "MAX_BY",
            "PERCENTILE_CONT",
            "PERCENTILE_DISC",
            "MODE",
            "BIT_AND",
            "BIT_OR",
            "BIT_XOR",
            "TIME_AVG",
            "APPROX_COUNT_DISTINCT");

    private Aggregates() {}

    /** The names of all aggregate functions. */
    public static Set<String> names() {
        return new TreeSet<>(NAMES);
    }

    public static boolean isImplemented(String name) {
        return NAMES.contains(name);
    }

    /**
     * The types of the columns in which a partial aggregation hands on a call's state.
     *
     * @param types of the arguments, then of the order columns
     * @return nothing when the call cannot be computed in two phases
     */
    public static List<DataType> partialStateTypes(AggregateCall call, List<DataType> types) {
        return call.distinct() ? List.of() : create(call, types).stateTypes();
    }

    /** The input columns that a call reads: its arguments, then its order. */
    public static int[] columns(AggregateCall call) {
        int[] columns = new int[call.arguments().size() + call.order().size()];
        int at = 0;
        for (int argument : call.arguments()) {
            columns[at++] = argument;
        }
        for (SortKey key : call.order()) {
            columns[at++] = key.column();
        }
        return columns;
    }

    /**
     * An accumulator for rows.
     *
     * @param types of the arguments, then of the order columns
     * @throws TrellisException UNKNOWN_FUNCTION when there is none for these types
     */
    public static Accumulator create(AggregateCall call, List<DataType> types) {
        Accumulator accumulator = plain(call, types);
        boolean distinct = call.distinct() && !isIndifferent(call.function())
                || call.function().equals("APPROX_COUNT_DISTINCT");
        return distinct
                ? new DistinctAccumulator(accumulator, types, call.arguments().size())
                : accumulator;
    }

    /** An accumulator for partial states of these types, for {@link Accumulator#merge}. */
    public static Accumulator createFinal(AggregateCall call, List<DataType> stateTypes) {
        String function = call.function();
        boolean sum = function.equals("SUM") || function.equals("SUM0") || function.equals("AVG");
        if (sum) {
            return stateTypes.get(0).layout() == Layout.DOUBLE
                    ? new DoubleSumAccumulator(function)
                    : new ExactSumAccumulator(function, stateTypes.get(0));
        }
        // the other functions' states begin with the type of their argument, or do not depend on it
        return switch (function) {
            case "STDDEV_POP", "STDDEV_SAMP", "VAR_POP", "VAR_SAMP" -> plain(call, List.of(DataType.DOUBLE));
            case "COUNT" -> new CountAccumulator();
            default -> isMoments(function) ? new MomentsAccumulator(function) : plain(call, stateTypes);
        };
    }

    /** Whether repeated values make no difference to the result. */
    private static boolean isIndifferent(String function) {
        return switch (function) {
            case "MIN", "MAX", "BOOL_AND", "EVERY", "BOOL_OR", "SOME", "ANY_VALUE", "BIT_AND", "BIT_OR" -> true;
            default -> false;
        };
    }

    private static boolean isMoments(String function) {
        return function.startsWith("REGR_") || function.startsWith("COVAR_") || function.equals("CORR");
    }

    private static Accumulator plain(AggregateCall call, List<DataType> types) {
        String function = call.function();
        int count = call.arguments().size();
        return switch (function) {
            case "COUNT", "APPROX_COUNT_DISTINCT" -> new CountAccumulator();
            case "SUM", "SUM0", "AVG" -> sum(call, types);
            case "MIN" -> new ExtremeAccumulator(false, types.get(0), null);
            case "MAX" -> new ExtremeAccumulator(true, types.get(0), null);
            case "FIRST", "MIN_BY" -> new ExtremeAccumulator(false, argument(call, types, 1), types.get(0));
            case "LAST", "MAX_BY" -> new ExtremeAccumulator(true, argument(call, types, 1), types.get(0));
            case "STDDEV_POP", "STDDEV_SAMP", "VAR_POP", "VAR_SAMP" -> moments(call, types, 1);
            case "BOOL_AND", "EVERY" -> new BooleanAccumulator(true);
            case "BOOL_OR", "SOME" -> new BooleanAccumulator(false);
            case "ANY_VALUE" -> new ValueAccumulator(false, types.get(0));
            case "SINGLE_VALUE" -> new ValueAccumulator(true, types.get(0));
            case "BIT_AND", "BIT_OR", "BIT_XOR" -> new BitAccumulator(function, types.get(0));
            case "LISTAGG", "STRING_AGG" ->
                new BufferedAccumulator(
                        types,
                        0,
                        ownOrder(call, count),
                        (columns, rows, out) -> OrderedSets.list(columns, rows, out, count > 1));
            case "ARRAY_AGG", "COLLECT" ->
                new BufferedAccumulator(types, -1, ownOrder(call, count), OrderedSets::array);
            case "MODE" -> mode(types);
            case "PERCENTILE_CONT", "PERCENTILE_DISC" -> percentile(call, types);
            case "TIME_AVG" -> timeAverage(call, types);
            default -> {
                if (isMoments(function)) {
                    yield moments(call, types, 2);
                }
                throw new TrellisException(
                        ErrorCode.UNKNOWN_FUNCTION, "aggregate function does not exist: " + function);
            }
        };
    }

    private static TrellisException unsupported(AggregateCall call, List<DataType> types) {
        return new TrellisException(
                ErrorCode.UNKNOWN_FUNCTION,
                "aggregate function does not exist for these types: " + call.function()
                        + types.toString().replace('[', '(').replace(']', ')'));
    }

    private static DataType argument(AggregateCall call, List<DataType> types, int index) {
        if (types.size() <= index) {
            throw unsupported(call, types);
        }
        return types.get(index);
    }

    private static Accumulator sum(AggregateCall call, List<DataType> types) {
        DataType type = argument(call, types, 0);
        if (type.layout() == Layout.DOUBLE) {
            return new DoubleSumAccumulator(call.function());
        }
        boolean interval = type.kind() == TypeKind.INTERVAL_MONTH || type.kind() == TypeKind.INTERVAL_NANO;
        if (!type.kind().isNumeric() && !interval) {
            throw unsupported(call, types);
        }
        return new ExactSumAccumulator(call.function(), type);
    }

    private static Accumulator moments(AggregateCall call, List<DataType> types, int arguments) {
        for (int i = 0; i < arguments; i++) {
            if (!argument(call, types, i).kind().isNumeric()) {
                throw unsupported(call, types);
            }
        }
        return new MomentsAccumulator(call.function());
    }

    /** The call's order over the columns that follow its arguments. */
    private static List<SortKey> ownOrder(AggregateCall call, int arguments) {
        List<SortKey> order = new ArrayList<>();
        for (SortKey key : call.order()) {
            order.add(new SortKey(arguments + order.size(), key.descending(), key.nullsFirst()));
        }
        return order;
    }

    /** MODE(value) or MODE() WITHIN GROUP (ORDER BY value): either way the only column. */
    private static Accumulator mode(List<DataType> types) {
        return new BufferedAccumulator(types.subList(0, 1), 0, List.of(SortKey.ascending(0)), OrderedSets::mode);
    }

    private static Accumulator percentile(AggregateCall call, List<DataType> types) {
        boolean continuous = call.function().equals("PERCENTILE_CONT");
        boolean valid = call.arguments().size() == 1
                && call.order().size() == 1
                && types.get(0).kind().isNumeric()
                && (!continuous || OrderedSets.isContinuous(types.get(1)));
        if (!valid) {
            throw unsupported(call, types);
        }
        SortKey key = call.order().get(0);
        return converted(new BufferedAccumulator(
                List.of(DataType.DOUBLE, types.get(1)),
                1,
                List.of(new SortKey(1, key.descending(), key.nullsFirst())),
                (columns, rows, out) -> OrderedSets.percentile(columns, rows, out, continuous)));
    }

    private static Accumulator timeAverage(AggregateCall call, List<DataType> types) {
        boolean moment = argument(call, types, 1).kind() == TypeKind.DATE
                || types.get(1).kind().isTimestamp();
        if (!moment || !types.get(0).kind().isNumeric()) {
            throw unsupported(call, types);
        }
        return converted(new BufferedAccumulator(
                List.of(DataType.DOUBLE, types.get(1)), 0, List.of(SortKey.ascending(1)), OrderedSets::timeAverage));
    }

    private static Accumulator converted(Accumulator target) {
        return new FirstAsDouble(target);
    }

    /** Hands the first argument on as DOUBLE. */
    private static final class FirstAsDouble extends Accumulator {
        private final Accumulator target;

        FirstAsDouble(Accumulator target) {
            this.target = target;
        }

        @Override
        public ColumnVector[] prepare(ColumnVector[] arguments) {
            ColumnVector[] changed = arguments.clone();
            changed[0] = Casts.toDouble(arguments[0]);
            return changed;
        }

        @Override
        public void resize(int groups) {
            target.resize(groups);
        }

        @Override
        public void add(ColumnVector[] arguments, int[] groups, int[] rows, int count) {
            target.add(arguments, groups, rows, count);
        }

        @Override
        public void appendResult(int group, VectorBuilder out) {
            target.appendResult(group, out);
        }

        @Override
        public boolean isIncremental() {
            return target.isIncremental();
        }

        @Override
        public long sizeBytes() {
            return target.sizeBytes();
        }
    }
}
