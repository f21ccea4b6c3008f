package io.trellisdb.sql.planning;

import io.trellisdb.common.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlInternalOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.FamilyOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/** Calcite's validator, in which a parameter that nothing gives a type is a string, as in PostgreSQL. */
final class TrellisValidator extends SqlValidatorImpl {
    static final SqlValidator.Config CONFIG = SqlValidator.Config.DEFAULT
            .withConformance(TrellisConformance.INSTANCE)
            .withIdentifierExpansion(true)
            .withDefaultNullCollation(NullCollation.HIGH)
            .withTypeCoercionEnabled(true)
            .withLenientOperatorLookup(false);

    private static final int GUESSED_LENGTH = 1024;

    TrellisValidator(
            SqlOperatorTable operators, SqlValidatorCatalogReader catalog, RelDataTypeFactory factory, Config config) {
        super(operators, catalog, factory, config);
    }

    @Override
    protected void inferUnknownTypes(RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
        if (node instanceof SqlDynamicParam parameter && inferredType.equals(unknownType)) {
            if (isSelected(scope, parameter)) {
                super.inferUnknownTypes(varchar(), scope, node);
            }
            return;
        }
        super.inferUnknownTypes(inferredType, scope, node);
    }

    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
        if (expression instanceof SqlCase choice && getValidatedNodeTypeIfKnown(choice) == null) {
            typeBranches(scope, choice);
        } else if (expression instanceof SqlBasicCall call && getValidatedNodeTypeIfKnown(call) == null) {
            typeArguments(scope, call);
        }
        return super.deriveType(scope, expression);
    }

    /** A parameter that is a branch of CASE (or COALESCE, which becomes one) has the type of the other branches. */
    private void typeBranches(SqlValidatorScope scope, SqlCase choice) {
        List<SqlNode> branches = new ArrayList<>();
        choice.getThenOperands().forEach(branch -> branches.add(bare(branch)));
        if (choice.getElseOperand() != null) {
            branches.add(bare(choice.getElseOperand()));
        }
        if (branches.stream().noneMatch(SqlDynamicParam.class::isInstance)) {
            return;
        }
        List<RelDataType> types = new ArrayList<>();
        for (SqlNode branch : branches) {
            if (!(branch instanceof SqlDynamicParam) && !SqlUtil.isNullLiteral(branch, true)) {
                types.add(deriveType(scope, branch));
            }
        }
        RelDataType common = types.isEmpty() ? varchar() : typeFactory.leastRestrictive(types);
        if (common != null) {
            for (SqlNode branch : branches) {
                if (branch instanceof SqlDynamicParam) {
                    setValidatedNodeType(branch, typeFactory.createTypeWithNullability(common, true));
                }
            }
        }
    }

    /** A parameter that is an argument has the type that the function asks for, or that of the other operand. */
    private void typeArguments(SqlValidatorScope scope, SqlBasicCall call) {
        for (int i = 0; i < call.operandCount(); i++) {
            if (call.operand(i) instanceof SqlDynamicParam parameter && nodeIsUntyped(parameter)) {
                RelDataType type = argumentType(scope, call, i);
                if (type != null) {
                    setValidatedNodeType(parameter, typeFactory.createTypeWithNullability(type, true));
                }
            }
        }
    }

    private boolean nodeIsUntyped(SqlDynamicParam parameter) {
        RelDataType known = getValidatedNodeTypeIfKnown(parameter);
        return known == null || known.equals(unknownType);
    }

    private @Nullable RelDataType argumentType(SqlValidatorScope scope, SqlBasicCall call, int position) {
        if (SqlKind.BINARY_ARITHMETIC.contains(call.getKind()) && call.operandCount() == 2) {
            SqlNode other = call.operand(1 - position);
            if (other instanceof SqlDynamicParam) {
                return null;
            }
            RelDataType type = deriveType(scope, other);
            return SqlTypeUtil.isDatetime(type)
                    ? TypeMapping.toCalcite(DataType.INTERVAL_NANO, true, (TrellisTypeFactory) typeFactory)
                    : type;
        }
        if (call.getOperator().equals(SqlStdOperatorTable.CONCAT)) {
            return varchar();
        }
        return call.getOperator().getOperandTypeChecker() instanceof FamilyOperandTypeChecker checker
                ? checker.getOperandSqlTypeFamily(position).getDefaultConcreteType(typeFactory)
                : null;
    }

    /** COALESCE marks what it has tested. */
    private static SqlNode bare(SqlNode branch) {
        return branch instanceof SqlCall call && call.getOperator().equals(SqlInternalOperators.CAST_NOT_NULL)
                ? call.operand(0)
                : branch;
    }

    private RelDataType varchar() {
        return typeFactory.createSqlType(SqlTypeName.VARCHAR);
    }

    private static boolean isSelected(SqlValidatorScope scope, SqlDynamicParam parameter) {
        if (!(scope instanceof SelectScope select)) {
            return false;
        }
        for (SqlNode item : select.getNode().getSelectList()) {
            SqlNode expression = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(0) : item;
            if (expression.equals(parameter)) {
                return true;
            }
        }
        return false;
    }

    /** What IS NULL and its like infer for a parameter, whatever is meant. */
    private static boolean isGuess(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.VARCHAR && type.getPrecision() == GUESSED_LENGTH;
    }

    /** Gives every parameter that is still without a type that of its other mentions, else VARCHAR. */
    Map<Integer, RelDataType> settleParameters(SqlNode query) {
        List<SqlDynamicParam> mentions = new ArrayList<>();
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                mentions.add(parameter);
                return null;
            }
        });
        Map<Integer, RelDataType> types = new TreeMap<>();
        for (SqlDynamicParam mention : mentions) {
            RelDataType known = getValidatedNodeTypeIfKnown(mention);
            if (known != null && !known.equals(unknownType) && !isGuess(known)) {
                types.putIfAbsent(mention.getIndex(), known);
            }
        }
        for (SqlDynamicParam mention : mentions) {
            setValidatedNodeType(
                    mention,
                    types.computeIfAbsent(
                            mention.getIndex(), index -> typeFactory.createTypeWithNullability(varchar(), true)));
        }
        return types;
    }
}
