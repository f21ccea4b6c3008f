package io.trellisdb.sql.planning;

import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** Calcite's validator, in which a parameter that nothing gives a type is a string, as in PostgreSQL. */
final class TrellisValidator extends SqlValidatorImpl {
    static final SqlValidator.Config CONFIG = SqlValidator.Config.DEFAULT
            .withConformance(TrellisConformance.INSTANCE)
            .withIdentifierExpansion(true)
            .withDefaultNullCollation(NullCollation.HIGH)
            .withTypeCoercionEnabled(true)
            .withLenientOperatorLookup(false);

    TrellisValidator(
            SqlOperatorTable operators, SqlValidatorCatalogReader catalog, RelDataTypeFactory factory, Config config) {
        super(operators, catalog, factory, config);
    }

    @Override
    protected void inferUnknownTypes(RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
        boolean untyped = node instanceof SqlDynamicParam && inferredType.equals(unknownType);
        super.inferUnknownTypes(untyped ? typeFactory.createSqlType(SqlTypeName.VARCHAR) : inferredType, scope, node);
    }
}
