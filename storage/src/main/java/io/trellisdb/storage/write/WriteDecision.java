package io.trellisdb.storage.write;

import io.trellisdb.storage.Operation;
import io.trellisdb.storage.StoredResult;
import java.util.List;

/** What a command decided: operations, perhaps none, and what the statement answers. */
public record WriteDecision(List<Operation> operations, StoredResult result) {
    public WriteDecision {
        operations = List.copyOf(operations);
    }

    /** Nothing to change. */
    public static WriteDecision nothing() {
        return new WriteDecision(List.of(), StoredResult.ofCount(0));
    }
}
