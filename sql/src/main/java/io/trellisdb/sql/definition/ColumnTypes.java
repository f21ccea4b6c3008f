package io.trellisdb.sql.definition;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.planning.QueryColumn;
import io.trellisdb.sql.planning.QueryPlanner;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The types that specifications mean: those that NULL has when it is cast to them. */
final class ColumnTypes {
    private static final SqlParserPos POS = SqlParserPos.ZERO;

    private ColumnTypes() {}

    static List<DataType> of(List<SqlDataTypeSpec> specifications, QueryPlanner planner, NameResolver names) {
        if (specifications.isEmpty()) {
            return List.of();
        }
        SqlNodeList casts = new SqlNodeList(POS);
        for (SqlDataTypeSpec specification : specifications) {
            casts.add(SqlStdOperatorTable.AS.createCall(
                    POS,
                    SqlStdOperatorTable.CAST.createCall(POS, SqlLiteral.createNull(POS), specification),
                    new SqlIdentifier("c" + casts.size(), POS)));
        }
        SqlSelect select = new SqlSelect(POS, null, casts, null, null, null, null, null, null, null, null, null, null);
        List<DataType> types = new ArrayList<>();
        for (QueryColumn column : planner.describe(select, names.catalog(), names.currentDatabase())) {
            if (column.type().kind() == TypeKind.NULL) {
                throw new TrellisException(ErrorCode.INVALID_DEFINITION, "column cannot have the type NULL");
            }
            types.add(column.type());
        }
        return types;
    }
}
