package io.trellisdb.sql.write;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One run of {@link ChangeRows}. */
final class ChangeRowsDecision {
    private final ChangeRows command;
    private final Target target;
    private final WriteContext write;
    private final Returned returned;
    private final List<byte[]> oldKeys = new ArrayList<>();
    private final List<byte[]> gone = new ArrayList<>();
    private final List<Chunk> puts = new ArrayList<>();

    ChangeRowsDecision(ChangeRows command, WriteContext write) {
        this.command = command;
        this.target = command.target();
        this.write = write;
        this.returned = new Returned(target, command.returned());
    }

    WriteDecision decide() {
        for (ChangeRows.Compared compared : command.compared()) {
            compared.keys().forEach(key -> write.lock(target.id(), key));
            oldKeys.addAll(compared.keys());
        }
        command.compared().forEach(this::change);
        addInserts();
        KeyIndex replaced = KeyIndex.of(oldKeys);
        checkNewKeys(replaced);
        UniqueChecks uniques = new UniqueChecks(write, target);
        uniques.check(puts, replaced, command.touched());
        List<Operation> operations = new ArrayList<>();
        List<byte[]> deleted = uniques.movesKeys() ? oldKeys : gone;
        if (!deleted.isEmpty()) {
            operations.add(new Operation.DeleteRows(target.id(), deleted));
        }
        for (Chunk chunk : puts) {
            operations.add(new Operation.PutRows(target.id(), target.version(), chunk.rows(), chunk.keys()));
        }
        return new WriteDecision(operations, returned.result());
    }

    private void change(ChangeRows.Compared compared) {
        KeyedRows current = KeyedRows.read(write.reader(), target, compared.keys());
        if (!SameRows.same(current.rows(), compared.before())) {
            throw new TrellisException(
                    ErrorCode.SERIALIZATION_FAILURE,
                    "row was changed by another statement: "
                            + target.container().name());
        }
        Chunk after = compared.after();
        if (after == null) {
            gone.addAll(compared.keys());
            returned.add(compared.before(), compared.positions());
            return;
        }
        for (int row = 0; row < after.keys().size(); row++) {
            if (!Arrays.equals(after.keys().get(row), compared.keys().get(row))) {
                gone.add(compared.keys().get(row));
            }
        }
        puts.add(after);
        returned.add(after.rows(), compared.positions());
    }

    private void addInserts() {
        for (Chunk chunk : command.inserts()) {
            Chunk keyed = chunk;
            if (!target.hasKey()) {
                List<byte[]> keys = new ArrayList<>();
                for (int row = 0; row < chunk.rows().rowCount(); row++) {
                    keys.add(RowKeys.ofRowId(write.nextRowId(target.id())));
                }
                keyed = chunk.withKeys(keys);
            }
            puts.add(keyed);
            returned.add(keyed.rows(), keyed.positions());
        }
    }

    /** No two rows may get the same key, and none the key of a row that stays. */
    private void checkNewKeys(KeyIndex replaced) {
        if (!target.hasKey()) {
            return;
        }
        KeyIndex seen = new KeyIndex(oldKeys.size());
        for (Chunk chunk : puts) {
            for (int row = 0; row < chunk.keys().size(); row++) {
                byte[] key = chunk.keys().get(row);
                boolean exists = seen.put(key, row) >= 0;
                if (!exists && !replaced.contains(key)) {
                    write.lock(target.id(), key);
                    exists = write.reader().exists(target.id(), key);
                }
                if (exists) {
                    throw UniqueChecks.keyViolation(target, chunk.rows(), row);
                }
            }
        }
    }
}
