package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.syntax.DistinctOn;
import io.trellisdb.sql.syntax.LatestOn;
import io.trellisdb.sql.syntax.LockingQuery;
import io.trellisdb.sql.syntax.RangeBuckets;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/** Replaces what Calcite's validator does not know by what it knows: our syntax, CHAR(n), fine intervals. */
final class SyntaxRewriter extends SqlShuttle {
    private static final int MILLISECOND_DIGITS = 3;
    private static final int NANOSECOND_DIGITS = 9;

    private static final Set<String> PASS_OVER_NULLS = Set.of(
            "COUNT",
            "SUM",
            "AVG",
            "MIN",
            "MAX",
            "STDDEV",
            "STDDEV_POP",
            "STDDEV_SAMP",
            "VARIANCE",
            "VAR_POP",
            "VAR_SAMP",
            "BOOL_AND",
            "BOOL_OR",
            "EVERY");

    /** Functions of any number of arguments, for which the validator does not ask whether there are any. */
    private static final Set<String> NEED_ARGUMENTS = Set.of("COALESCE", "GREATEST", "LEAST");

    private SyntaxRewriter() {}

    static SqlNode rewrite(SqlNode query) {
        SqlNode rewritten = query.accept(new SyntaxRewriter());
        if (rewritten == null) {
            throw new IllegalStateException("query vanished: " + query);
        }
        return rewritten;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call instanceof LatestOn latest) {
            return latest(latest);
        }
        if (call instanceof SqlOrderBy order && order.query instanceof SqlSelect select) {
            DistinctOn clause = DistinctOn.of(select);
            if (clause != null) {
                SqlSelect rewritten = FirstRows.rewrite(select, clause, order.orderList);
                return super.visit(new SqlOrderBy(
                        order.getParserPosition(), rewritten, order.orderList, order.offset, order.fetch));
            }
        }
        if (call instanceof SqlSelect select) {
            DistinctOn clause = DistinctOn.of(select);
            if (clause != null) {
                return super.visit(FirstRows.rewrite(select, clause, null));
            }
        }
        if (call instanceof RangeBuckets buckets) {
            return timeBucket(buckets);
        }
        if (call instanceof LockingQuery) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "FOR UPDATE and FOR SHARE are not supported yet");
        }
        if (call.getOperator().equals(SqlStdOperatorTable.COLLECTION_TABLE)) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "table functions in FROM are not supported yet");
        }
        if (call.operandCount() == 0
                && NEED_ARGUMENTS.contains(call.getOperator().getName().toUpperCase(Locale.ROOT))) {
            throw new TrellisException(
                    ErrorCode.UNKNOWN_FUNCTION,
                    "function needs arguments: " + call.getOperator().getName().toLowerCase(Locale.ROOT));
        }
        if (call.getOperator().equals(SqlStdOperatorTable.OVER)
                && call.operand(0).getKind() == SqlKind.FILTER) {
            return visited(filteredWindow(call));
        }
        if (call.getKind() == SqlKind.AND || call.getKind() == SqlKind.OR) {
            return balanced(call);
        }
        if (isOrderedAggregate(call)) {
            return visited(withinGroup(call));
        }
        if (call.getOperator().equals(SqlLibraryOperators.TRANSLATE3)) {
            return visited(call("translate", call.getParserPosition(), call.getOperandList()));
        }
        if (call.getOperator() instanceof SqlFunction function
                && function.getName().equalsIgnoreCase("GROUPING")) {
            return grouping(call);
        }
        SqlOperator own = ownOperator(call);
        SqlNode visited = super.visit(call);
        return own != null && visited instanceof SqlCall rewritten
                ? own.createCall(rewritten.getParserPosition(), rewritten.getOperandList())
                : visited;
    }

    /** A chain of ANDs or ORs as a tree of little depth, since validation and conversion recurse over it. */
    private SqlNode balanced(SqlCall chain) {
        List<SqlNode> parts = new ArrayList<>();
        List<SqlNode> waiting = new ArrayList<>(List.of(chain));
        while (!waiting.isEmpty()) {
            SqlNode next = waiting.remove(waiting.size() - 1);
            if (next.getKind() == chain.getKind()) {
                waiting.add(((SqlCall) next).operand(0));
                waiting.add(((SqlCall) next).operand(1));
            } else {
                parts.add(visited(next));
            }
        }
        Collections.reverse(parts);
        return balanced(chain, parts);
    }

    private static SqlNode balanced(SqlCall chain, List<SqlNode> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int middle = (parts.size() + 1) / 2;
        return chain.getOperator()
                .createCall(
                        chain.getParserPosition(),
                        balanced(chain, parts.subList(0, middle)),
                        balanced(chain, parts.subList(middle, parts.size())));
    }

    /** Under a plain GROUP BY Calcite makes it a literal of another type. */
    private static SqlNode grouping(SqlCall call) {
        SqlParserPos pos = call.getParserPosition();
        SqlDataTypeSpec type = new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.BIGINT, pos), pos);
        return SqlStdOperatorTable.CAST.createCall(pos, call, type);
    }

    private static boolean isOrderedAggregate(SqlCall call) {
        return call.getOperator() instanceof SqlFunction
                && call.operandCount() > 1
                && call.operand(call.operandCount() - 1) instanceof SqlNodeList;
    }

    /** ARRAY_AGG(x ORDER BY y) is ARRAY_AGG(x) WITHIN GROUP (ORDER BY y). */
    private static SqlNode withinGroup(SqlCall call) {
        List<SqlNode> operands = call.getOperandList();
        SqlParserPos pos = call.getParserPosition();
        SqlNode aggregate = call.getOperator()
                .createCall(call.getFunctionQuantifier(), pos, operands.subList(0, operands.size() - 1));
        return SqlStdOperatorTable.WITHIN_GROUP.createCall(pos, aggregate, operands.get(operands.size() - 1));
    }

    /** SUM(x) FILTER (WHERE c) OVER w is SUM(CASE WHEN c THEN x END) OVER w, for aggregates that pass over NULLs. */
    private static SqlNode filteredWindow(SqlCall over) {
        SqlCall filter = over.operand(0);
        SqlCall aggregate = filter.operand(0);
        SqlParserPos pos = filter.getParserPosition();
        String name = aggregate.getOperator().getName().toUpperCase(Locale.ROOT);
        if (!PASS_OVER_NULLS.contains(name) || aggregate.operandCount() != 1) {
            throw new TrellisException(ErrorCode.NOT_SUPPORTED, "FILTER with OVER is not supported for " + name);
        }
        SqlNode argument = aggregate.operand(0);
        boolean star = argument instanceof SqlIdentifier identifier && identifier.isStar();
        SqlNode filtered = SqlCase.createSwitched(
                pos,
                null,
                SqlNodeList.of(filter.operand(1)),
                SqlNodeList.of(star ? SqlLiteral.createExactNumeric("1", pos) : argument),
                SqlLiteral.createNull(pos));
        SqlNode plain = aggregate
                .getOperator()
                .createCall(aggregate.getFunctionQuantifier(), aggregate.getParserPosition(), filtered);
        return SqlStdOperatorTable.OVER.createCall(over.getParserPosition(), plain, over.operand(1));
    }

    /** Our operator in place of Calcite's, where its meaning differs. */
    private static @Nullable SqlOperator ownOperator(SqlCall call) {
        SqlOperator operator = call.getOperator();
        if (operator.equals(SqlStdOperatorTable.PLUS)) {
            return TimeOperators.PLUS;
        }
        if (operator.equals(SqlStdOperatorTable.MINUS)) {
            return TimeOperators.MINUS;
        }
        if (operator.equals(SqlStdOperatorTable.PERCENTILE_CONT)) {
            return AggregateOperators.PERCENTILE_CONT;
        }
        if (operator.equals(SqlStdOperatorTable.PERCENTILE_DISC)) {
            return AggregateOperators.PERCENTILE_DISC;
        }
        boolean fraction = operator.equals(SqlStdOperatorTable.EXTRACT)
                && call.operand(0) instanceof SqlIntervalQualifier unit
                && TimeOperators.FRACTIONAL.contains(unit.timeUnitRange);
        return fraction ? TimeOperators.EXTRACT : null;
    }

    /** t LATEST ON ts PARTITION BY a: rows of t whose number within a, newest first, is 1. */
    private SqlNode latest(LatestOn latest) {
        SqlParserPos pos = latest.getParserPosition();
        SqlNode source = latest.table();
        SqlNode alias = source.getKind() == SqlKind.AS
                ? ((SqlCall) source).operand(1)
                : new SqlIdentifier(
                        org.apache.calcite.util.Util.last(((SqlIdentifier) source).names), source.getParserPosition());
        SqlNodeList partition = new SqlNodeList(latest.columns(), pos);
        SqlNodeList order =
                SqlNodeList.of(SqlStdOperatorTable.DESC.createCall(latest.time().getParserPosition(), latest.time()));
        SqlNode newest = FirstRows.isFirst(pos, partition, order);
        SqlSelect select = new SqlSelect(
                pos,
                null,
                SqlNodeList.of(SqlIdentifier.star(pos)),
                visited(source),
                null,
                null,
                null,
                null,
                newest,
                null,
                null,
                null,
                null);
        return SqlStdOperatorTable.AS.createCall(pos, select, alias);
    }

    private SqlNode visited(SqlNode node) {
        SqlNode result = node.accept(this);
        return result == null ? node : result;
    }

    /** RANGE (ts) EVERY (n, unit): the bucket's start. */
    private static SqlNode timeBucket(RangeBuckets buckets) {
        if (buckets.fill() != RangeBuckets.Fill.NONE || buckets.offset().isPresent()) {
            throw new TrellisException(
                    ErrorCode.NOT_SUPPORTED,
                    "GROUP BY RANGE is not supported yet with an offset or with FILL other than NONE");
        }
        SqlParserPos pos = buckets.getParserPosition();
        TimeUnit unit = buckets.unit();
        SqlNode interval = unit == TimeUnit.MILLISECOND
                ? SqlLiteral.createInterval(
                        1,
                        BigDecimal.valueOf(buckets.width(), MILLISECOND_DIGITS).toPlainString(),
                        new SqlIntervalQualifier(TimeUnit.SECOND, null, pos),
                        pos)
                : SqlLiteral.createInterval(
                        1, Long.toString(buckets.width()), new SqlIntervalQualifier(unit, null, pos), pos);
        return call("time_bucket", pos, List.of(interval, buckets.time()));
    }

    private static SqlNode call(String function, SqlParserPos pos, List<SqlNode> arguments) {
        return new SqlUnresolvedFunction(
                        new SqlIdentifier(function, pos),
                        null,
                        null,
                        null,
                        null,
                        SqlFunctionCategory.USER_DEFINED_FUNCTION)
                .createCall(pos, arguments);
    }

    @Override
    public @Nullable SqlNode visit(SqlLiteral literal) {
        return literal instanceof SqlIntervalLiteral interval && interval.getValue() != null
                ? fineInterval(interval)
                : super.visit(literal);
    }

    /** INTERVAL '1.0000005' SECOND: the milliseconds as Calcite's literal, the nanoseconds beside it. */
    private static SqlNode fineInterval(SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value = literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        SqlIntervalQualifier qualifier = value.getIntervalQualifier();
        String text = value.getIntervalLiteral();
        int point = text.lastIndexOf('.');
        if (qualifier.getEndUnit() != TimeUnit.SECOND && qualifier.getUnit() != TimeUnit.SECOND
                || point < 0
                || text.length() - point - 1 <= MILLISECOND_DIGITS) {
            return literal;
        }
        String fraction = text.substring(point + 1);
        if (fraction.length() > NANOSECOND_DIGITS || !fraction.chars().allMatch(Character::isDigit)) {
            throw new TrellisException(
                    ErrorCode.INVALID_DATETIME, "interval has more than nine fractional digits: " + text);
        }
        SqlParserPos pos = literal.getParserPosition();
        String digits = fraction + "0".repeat(NANOSECOND_DIGITS - fraction.length());
        boolean negative = value.getSign() < 0 ^ text.startsWith("-");
        long nanos = Long.parseLong(digits.substring(MILLISECOND_DIGITS));
        List<SqlNode> arguments = new ArrayList<>();
        arguments.add(SqlLiteral.createCharString(Long.toString(negative ? -nanos : nanos), pos));
        arguments.add(SqlLiteral.createInterval(
                value.getSign(), text.substring(0, point + 1 + MILLISECOND_DIGITS), qualifier, pos));
        return ScalarOperators.INTERVAL_NANOS.createCall(pos, arguments);
    }

    @Override
    public SqlNode visit(SqlDataTypeSpec type) {
        if (type.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec unknown) {
            throw new TrellisException(ErrorCode.UNKNOWN_OBJECT, "type does not exist: " + unknown.getTypeName());
        }
        return type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
                        && basic.getTypeName().isSimple()
                        && basic.getTypeName().getSimple().equalsIgnoreCase(SqlTypeName.CHAR.name())
                ? new SqlDataTypeSpec(
                        new CharacterTypeSpec(basic.getPrecision(), type.getParserPosition()),
                        type.getTimeZone(),
                        type.getNullable(),
                        type.getParserPosition())
                : type;
    }

    /** CHAR(n) as a CAST names it, which the type factory would otherwise take for the type of a literal. */
    private static final class CharacterTypeSpec extends SqlTypeNameSpec {
        private final int length;

        CharacterTypeSpec(int declaredLength, SqlParserPos pos) {
            super(new SqlIdentifier(SqlTypeName.CHAR.name(), pos), pos);
            this.length = declaredLength < 0 ? 1 : declaredLength;
        }

        @Override
        public RelDataType deriveType(SqlValidator validator) {
            return ((TrellisTypeFactory) validator.getTypeFactory()).createCharacterType(length);
        }

        @Override
        public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
            writer.keyword("CHAR(" + length + ")");
        }

        @Override
        public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
            return other instanceof CharacterTypeSpec that && that.length == length
                    ? litmus.succeed()
                    : litmus.fail("{} != {}", this, other);
        }
    }
}
