package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.sql.expression.Expression;
import io.trellisdb.sql.kernel.Evaluator;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import java.util.ArrayList;
import java.util.List;

/** One run of a {@link KeyChange}. */
final class KeyChangeDecision {
    private static final int DELETED = -2;

    private final KeyChange command;
    private final Target target;
    private final WriteContext write;
    private final Returned returned;
    private final List<Chunk> puts = new ArrayList<>();
    private final List<byte[]> deletes = new ArrayList<>();
    /** The put of each key that this run has changed, or {@link #DELETED}; filled only when keys repeat. */
    private final KeyIndex latest = new KeyIndex(0);

    KeyChangeDecision(KeyChange command, WriteContext write) {
        this.command = command;
        this.target = command.target();
        this.write = write;
        this.returned = new Returned(target, command.returned());
    }

    WriteDecision decide() {
        int rows = command.named().stream().mapToInt(each -> each.keys().size()).sum();
        KeyIndex all = new KeyIndex(rows);
        boolean repeated = false;
        for (KeyChange.Named named : command.named()) {
            for (byte[] key : named.keys()) {
                write.lock(target.id(), key);
                repeated |= rows > 1 && all.put(key, 0) >= 0;
            }
        }
        for (KeyChange.Named named : command.named()) {
            if (repeated) {
                for (int row = 0; row < named.keys().size(); row++) {
                    changeAgain(named.row(row));
                }
            } else {
                change(named, KeyedRows.read(write.reader(), target, named.keys()));
            }
        }
        return decision(repeated);
    }

    /** Changes one row that may have been changed before. */
    private void changeAgain(KeyChange.Named named) {
        byte[] key = named.keys().get(0);
        int before = latest.find(key);
        KeyedRows current;
        if (before == DELETED) {
            current = new KeyedRows(Vectors.emptyBatch(target.types()), new int[0]);
        } else if (before >= 0) {
            current = new KeyedRows(puts.get(before).rows(), new int[] {0});
        } else {
            current = KeyedRows.read(write.reader(), target, named.keys());
        }
        int putsBefore = puts.size();
        int deletesBefore = deletes.size();
        change(named, current);
        if (puts.size() > putsBefore) {
            latest.put(key, putsBefore);
        } else if (deletes.size() > deletesBefore) {
            latest.put(key, DELETED);
        }
    }

    private void change(KeyChange.Named named, KeyedRows current) {
        Batch carried = named.parameters().select(current.found(), current.found().length);
        Batch input = ConflictChange.sideBySide(current.rows(), carried);
        KeyedRows chosenRows = current;
        Expression condition = command.condition();
        if (condition != null) {
            int[] chosen = new int[input.rowCount()];
            int count = Evaluator.compile(condition, command.context()).selectTrue(input, chosen);
            input = input.select(chosen, count);
            chosenRows = current.select(chosen, count);
        }
        if (input.rowCount() == 0) {
            return;
        }
        List<byte[]> keys = new ArrayList<>();
        int[] positions = new int[input.rowCount()];
        for (int i = 0; i < positions.length; i++) {
            keys.add(named.keys().get(chosenRows.found()[i]));
            positions[i] = named.positions()[chosenRows.found()[i]];
        }
        if (command.isDelete()) {
            deletes.addAll(keys);
            returned.add(chosenRows.rows(), positions);
        } else {
            Batch after = Assignment.apply(command.assignments(), chosenRows.rows(), input, command.context());
            command.rules().check(after, command.context());
            puts.add(new Chunk(after, keys, positions, new Batch(after.rowCount())));
            returned.add(after, positions);
        }
    }

    private WriteDecision decision(boolean repeated) {
        List<Chunk> last = repeated ? lastPuts() : puts;
        List<UniqueKey> touched = Assignment.touched(target.uniqueKeys(), command.assignments());
        List<byte[]> keys = new ArrayList<>();
        last.forEach(chunk -> keys.addAll(chunk.keys()));
        UniqueChecks uniques = new UniqueChecks(write, target);
        uniques.check(last, KeyIndex.of(touched.isEmpty() ? List.of() : keys), touched);
        List<Operation> operations = new ArrayList<>();
        List<byte[]> gone = uniques.movesKeys() ? keys : deletes;
        if (!gone.isEmpty()) {
            operations.add(new Operation.DeleteRows(target.id(), gone));
        }
        for (Chunk chunk : last) {
            operations.add(new Operation.PutRows(target.id(), target.version(), chunk.rows(), chunk.keys()));
        }
        return new WriteDecision(operations, returned.result());
    }

    /** Every put of a repeated run has one row; those that a later one replaced are dropped. */
    private List<Chunk> lastPuts() {
        List<Chunk> last = new ArrayList<>();
        for (int i = 0; i < puts.size(); i++) {
            if (latest.find(puts.get(i).keys().get(0)) == i) {
                last.add(puts.get(i));
            }
        }
        return last;
    }
}
