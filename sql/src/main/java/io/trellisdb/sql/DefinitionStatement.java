package io.trellisdb.sql;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.definition.DefinitionResult;
import io.trellisdb.sql.parser.SqlSyntax;

/** A change of the catalog, made from its text when it runs. */
record DefinitionStatement(String sql) implements PlannedStatement {
    /** How often a definition is made again when other changes come between. */
    private static final int CONFLICTS_MAX = 20;

    @Override
    public StatementKind kind() {
        return StatementKind.DEFINITION;
    }

    @Override
    public boolean dependsOnCatalog() {
        return false;
    }

    @Override
    public ExecutionResult run(Execution execution) {
        int conflicts = 0;
        while (true) {
            execution.context().checkActive();
            try {
                DefinitionResult result =
                        execution.parts().definitions().run(SqlSyntax.parseStatement(sql), execution.writeRequest());
                return new ExecutionResult.Done(result.tag(), result.notices());
            } catch (TrellisException e) {
                if (e.code() != ErrorCode.CATALOG_CONFLICT || conflicts++ == CONFLICTS_MAX) {
                    throw e;
                }
            }
        }
    }
}
