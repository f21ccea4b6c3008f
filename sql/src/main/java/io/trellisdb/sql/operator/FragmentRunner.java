package io.trellisdb.sql.operator;

import io.trellisdb.sql.session.QueryContext;
import io.trellisdb.storage.BatchCursor;

/** Runs fragments on the owners of their partitions. */
@FunctionalInterface
public interface FragmentRunner {
    /** Opens a fragment; the caller closes the cursor. */
    BatchCursor run(Fragment fragment, QueryContext query);

    /** Runs every fragment on this node, which must own the partitions, on the thread that pulls. */
    static FragmentRunner local() {
        return (fragment, query) -> {
            FragmentRunner nested = (inner, context) -> {
                throw new IllegalStateException("fragment contains a Gather");
            };
            SystemTables none = (table, columns, context) -> {
                throw new IllegalStateException("fragment reads a system table: " + table);
            };
            Execution execution = Execution.ofFragment(fragment, query, nested, none);
            return Operators.build(fragment.plan(), execution);
        };
    }
}
