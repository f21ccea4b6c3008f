package io.trellisdb.sql.write;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.storage.Operation;
import io.trellisdb.storage.RowKeys;
import io.trellisdb.storage.write.WriteContext;
import io.trellisdb.storage.write.WriteDecision;
import java.util.ArrayList;
import java.util.List;

/** One run of an {@link InsertCommand}. */
final class InsertDecision {
    private final InsertCommand command;
    private final Target target;
    private final WriteContext write;
    private final UniqueChecks uniques;
    private final Returned returned;
    private final int rowCount;

    InsertDecision(InsertCommand command, WriteContext write) {
        this.command = command;
        this.target = command.target();
        this.write = write;
        this.uniques = new UniqueChecks(write, target);
        this.returned = new Returned(target, command.returned());
        this.rowCount = command.chunks().stream()
                .mapToInt(chunk -> chunk.rows().rowCount())
                .sum();
    }

    WriteDecision decide() {
        List<Chunk> chunks = target.hasKey() ? command.chunks() : withRowIds(command.chunks());
        Conflict conflict = command.conflict();
        if (conflict instanceof Conflict.Replace) {
            return replace(chunks);
        }
        if (conflict instanceof Conflict.Skip skip) {
            return insertAbsent(withoutCollisions(chunks, skip));
        }
        if (conflict instanceof Conflict.Change change) {
            return new ConflictChange(command, change, write, uniques, returned).decide(chunks);
        }
        return insertAbsent(chunks);
    }

    private List<Chunk> withRowIds(List<Chunk> chunks) {
        List<Chunk> keyed = new ArrayList<>(chunks.size());
        for (Chunk chunk : chunks) {
            List<byte[]> keys = new ArrayList<>(chunk.rows().rowCount());
            for (int row = 0; row < chunk.rows().rowCount(); row++) {
                keys.add(RowKeys.ofRowId(write.nextRowId(target.id())));
            }
            keyed.add(chunk.withKeys(keys));
        }
        return keyed;
    }

    /** Puts rows of which none may exist. */
    private WriteDecision insertAbsent(List<Chunk> chunks) {
        if (target.hasKey()) {
            KeyIndex own = new KeyIndex(rowCount);
            for (Chunk chunk : chunks) {
                for (int row = 0; row < chunk.rows().rowCount(); row++) {
                    byte[] key = chunk.keys().get(row);
                    boolean repeated = rowCount > 1 && own.put(key, row) >= 0;
                    write.lock(target.id(), key);
                    if (repeated || write.reader().exists(target.id(), key)) {
                        throw UniqueChecks.keyViolation(target, chunk.rows(), row);
                    }
                }
            }
        }
        uniques.check(chunks, new KeyIndex(0), target.uniqueKeys());
        return puts(chunks, List.of());
    }

    /** Of rows with the same key the last one stays; all of them count. */
    private WriteDecision replace(List<Chunk> chunks) {
        KeyIndex last = new KeyIndex(rowCount);
        int number = 0;
        boolean repeated = false;
        for (Chunk chunk : chunks) {
            for (byte[] key : chunk.keys()) {
                write.lock(target.id(), key);
                repeated |= rowCount > 1 && last.put(key, number++) >= 0;
            }
        }
        List<Chunk> kept = repeated ? lastOnes(chunks, last) : chunks;
        List<byte[]> keys = List.of();
        if (!target.uniqueKeys().isEmpty()) {
            keys = kept.stream().flatMap(chunk -> chunk.keys().stream()).toList();
            uniques.check(kept, KeyIndex.of(keys), target.uniqueKeys());
        }
        int keptRows = kept.stream().mapToInt(chunk -> chunk.rows().rowCount()).sum();
        returned.countMore(rowCount - keptRows);
        return puts(kept, uniques.movesKeys() ? keys : List.of());
    }

    private static List<Chunk> lastOnes(List<Chunk> chunks, KeyIndex last) {
        List<Chunk> kept = new ArrayList<>();
        int number = 0;
        for (Chunk chunk : chunks) {
            int[] chosen = new int[chunk.rows().rowCount()];
            int count = 0;
            for (int row = 0; row < chosen.length; row++) {
                if (last.find(chunk.keys().get(row)) == number++) {
                    chosen[count++] = row;
                }
            }
            if (count > 0) {
                kept.add(chunk.select(chosen, count));
            }
        }
        return kept;
    }

    private List<Chunk> withoutCollisions(List<Chunk> chunks, Conflict.Skip skip) {
        List<UniqueKey> arbiters = new ArrayList<>();
        if (skip.any()) {
            arbiters.addAll(target.uniqueKeys());
        } else if (skip.arbiter() != null) {
            arbiters.add(skip.arbiter());
        }
        boolean byKey = target.hasKey() && (skip.any() || skip.arbiter() == null);
        KeyIndex own = new KeyIndex(rowCount);
        List<KeyIndex> seen =
                arbiters.stream().map(arbiter -> new KeyIndex(rowCount)).toList();
        List<Chunk> kept = new ArrayList<>();
        for (Chunk chunk : chunks) {
            int[] chosen = new int[chunk.rows().rowCount()];
            int count = 0;
            for (int row = 0; row < chosen.length; row++) {
                boolean collides = byKey && keyExists(chunk.keys().get(row), own)
                        || indexKeyExists(chunk.rows(), row, arbiters, seen);
                if (!collides) {
                    remember(chunk, row, byKey, own, arbiters, seen);
                    chosen[count++] = row;
                }
            }
            if (count > 0) {
                kept.add(chunk.select(chosen, count));
            }
        }
        return kept;
    }

    private boolean keyExists(byte[] key, KeyIndex own) {
        write.lock(target.id(), key);
        return own.contains(key) || write.reader().exists(target.id(), key);
    }

    private boolean indexKeyExists(Batch rows, int row, List<UniqueKey> arbiters, List<KeyIndex> seen) {
        for (int i = 0; i < arbiters.size(); i++) {
            UniqueKey arbiter = arbiters.get(i);
            if (arbiter.hasNull(rows, row)) {
                continue;
            }
            byte[] key = arbiter.key(rows, row);
            write.lockIndexKey(arbiter.indexId(), key);
            if (seen.get(i).contains(key)
                    || write.reader()
                            .findByUniqueIndex(target.id(), arbiter.indexId(), key)
                            .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static void remember(
            Chunk chunk, int row, boolean byKey, KeyIndex own, List<UniqueKey> arbiters, List<KeyIndex> seen) {
        if (byKey) {
            own.put(chunk.keys().get(row), row);
        }
        for (int i = 0; i < arbiters.size(); i++) {
            if (!arbiters.get(i).hasNull(chunk.rows(), row)) {
                seen.get(i).put(arbiters.get(i).key(chunk.rows(), row), row);
            }
        }
    }

    private WriteDecision puts(List<Chunk> chunks, List<byte[]> deletedFirst) {
        List<Operation> operations = new ArrayList<>(chunks.size() + 1);
        if (!deletedFirst.isEmpty()) {
            operations.add(new Operation.DeleteRows(target.id(), deletedFirst));
        }
        addPuts(operations, target, chunks, returned);
        return new WriteDecision(operations, returned.result());
    }

    static void addPuts(List<Operation> operations, Target target, List<Chunk> chunks, Returned returned) {
        for (Chunk chunk : chunks) {
            operations.add(new Operation.PutRows(target.id(), target.version(), chunk.rows(), chunk.keys()));
            returned.add(chunk.rows(), chunk.positions());
        }
    }

    static TrellisException changedTwice(Target target) {
        return new TrellisException(
                ErrorCode.CARDINALITY_VIOLATION,
                "statement changes a row a second time: " + target.container().name());
    }
}
