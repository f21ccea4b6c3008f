package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run of INSERT … ON CONFLICT DO UPDATE. */
final class ConflictChange {
    private final InsertCommand command;
    private final Target target;
    private final Conflict.Change change;
    private final WriteContext write;
    private final UniqueChecks uniques;
    private final Returned returned;
    private final List<Chunk> puts = new ArrayList<>();
    private final List<byte[]> changedKeys = new ArrayList<>();

    ConflictChange(
            InsertCommand command,
            Conflict.Change change,
            WriteContext write,
            UniqueChecks uniques,
            Returned returned) {
        this.command = command;
        this.target = command.target();
        this.change = change;
        this.write = write;
        this.uniques = uniques;
        this.returned = returned;
    }

    WriteDecision decide(List<Chunk> chunks) {
        int rowCount =
                chunks.stream().mapToInt(chunk -> chunk.rows().rowCount()).sum();
        KeyIndex own = new KeyIndex(rowCount);
        KeyIndex ownIndexKeys = new KeyIndex(rowCount);
        for (Chunk chunk : chunks) {
            List<byte[]> existing = new ArrayList<>();
            int[] colliding = new int[chunk.rows().rowCount()];
            int[] fresh = new int[colliding.length];
            int freshCount = 0;
            for (int row = 0; row < colliding.length; row++) {
                Optional<byte[]> holder = holder(chunk, row, own, ownIndexKeys);
                if (holder.isPresent()) {
                    colliding[existing.size()] = row;
                    existing.add(holder.get());
                } else {
                    fresh[freshCount++] = row;
                }
            }
            if (freshCount > 0) {
                Chunk absent = chunk.select(fresh, freshCount);
                puts.add(absent);
            }
            if (!existing.isEmpty()) {
                change(chunk.select(colliding, existing.size()), existing);
            }
        }
        uniques.check(puts, KeyIndex.of(changedKeys), target.uniqueKeys());
        List<Operation> operations = new ArrayList<>();
        if (uniques.movesKeys()) {
            operations.add(new Operation.DeleteRows(target.id(), changedKeys));
        }
        InsertDecision.addPuts(operations, target, puts, returned);
        return new WriteDecision(operations, returned.result());
    }

    /** The key of the row that a new one collides with in the arbiter. */
    private Optional<byte[]> holder(Chunk chunk, int row, KeyIndex own, KeyIndex ownIndexKeys) {
        UniqueKey arbiter = change.arbiter();
        byte[] key = chunk.keys().get(row);
        if (arbiter == null) {
            write.lock(target.id(), key);
            if (own.put(key, row) >= 0) {
                throw InsertDecision.changedTwice(target);
            }
            return write.reader().exists(target.id(), key) ? Optional.of(key) : Optional.empty();
        }
        Optional<byte[]> holder = Optional.empty();
        if (!arbiter.hasNull(chunk.rows(), row)) {
            byte[] indexKey = arbiter.key(chunk.rows(), row);
            write.lockIndexKey(arbiter.indexId(), indexKey);
            if (ownIndexKeys.put(indexKey, row) >= 0) {
                throw InsertDecision.changedTwice(target);
            }
            holder = write.reader().findByUniqueIndex(target.id(), arbiter.indexId(), indexKey);
        }
        if (holder.isPresent()) {
            write.lock(target.id(), holder.get());
        } else if (target.hasKey()) {
            write.lock(target.id(), key);
            if (own.put(key, row) >= 0 || write.reader().exists(target.id(), key)) {
                throw UniqueChecks.keyViolation(target, chunk.rows(), row);
            }
        }
        return holder;
    }

    private void change(Chunk excluded, List<byte[]> keys) {
        KeyedRows existing = KeyedRows.read(write.reader(), target, keys);
        Batch input = sideBySide(sideBySide(existing.rows(), excluded.rows()), excluded.carried());
        Expression condition = change.condition();
        int[] positions = excluded.positions();
        List<byte[]> changing = keys;
        Batch before = existing.rows();
        if (condition != null) {
            int[] chosen = new int[input.rowCount()];
            int count = Evaluator.compile(condition, command.context()).selectTrue(input, chosen);
            input = input.select(chosen, count);
            before = before.select(chosen, count);
            Chunk kept = excluded.withKeys(keys).select(chosen, count);
            positions = kept.positions();
            changing = kept.keys();
        }
        if (before.rowCount() == 0) {
            return;
        }
        Batch after = Assignment.apply(change.assignments(), before, input, command.context());
        command.rules().check(after, command.context());
        changedKeys.addAll(changing);
        puts.add(new Chunk(after, changing, positions, new Batch(after.rowCount())));
    }

    static Batch sideBySide(Batch left, Batch right) {
        ColumnVector[] more = new ColumnVector[right.columnCount()];
        for (int i = 0; i < more.length; i++) {
            more[i] = right.column(i);
        }
        return left.with(more);
    }
}
