package io.trellisdb.sql.operator;

import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.storage.BatchCursor;
import java.util.List;

/** The virtual tables that the gateway computes. */
@FunctionalInterface
public interface SystemTables {
    /**
     * The rows of a virtual table.
     *
     * @param columns the columns wanted, by position in the table, in this order
     */
    BatchCursor open(String table, List<Integer> columns, QueryContext query);
}
