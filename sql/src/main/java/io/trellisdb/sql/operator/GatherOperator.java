package io.trellisdb.sql.operator;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.type.DataType;
import io.trellisdb.sql.plan.Gather;
import io.trellisdb.storage.BatchCursor;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Brings the rows of fragments together, one fragment after the other. */
final class GatherOperator implements Operator {
    private final Execution execution;
    private final DataType[] types;
    private final Iterator<Fragment> fragments;
    private BatchCursor cursor = BatchCursor.empty();

    GatherOperator(Gather plan, Execution execution) {
        this.execution = execution;
        this.types = Outputs.typeArray(plan.output());
        this.fragments = Fragments.perOwner(plan, execution).iterator();
    }

    @Override
    public @Nullable Batch next() {
        while (true) {
            execution.query().checkActive();
            Batch batch = cursor.next();
            if (batch != null) {
                return Outputs.typed(batch, types);
            }
            cursor.close();
            if (!fragments.hasNext()) {
                cursor = BatchCursor.empty();
                return null;
            }
            cursor = execution.fragments().run(fragments.next(), execution.query());
        }
    }

    @Override
    public void close() {
        cursor.close();
    }
}
