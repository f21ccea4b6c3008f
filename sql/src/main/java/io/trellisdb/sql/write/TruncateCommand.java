package io.trellisdb.sql.write;

import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import io.trellisdb.storage.write.WriteCommand;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import java.util.List;

/** Removes all rows of a container from one partition. */
record TruncateCommand(long containerId) implements WriteCommand {
    @Override
    public WriteDecision decide(WriteContext write) {
        write.lockContainer(containerId);
        return new WriteDecision(List.of(new Operation.Truncate(containerId)), StoredResult.ofCount(0));
    }
}
