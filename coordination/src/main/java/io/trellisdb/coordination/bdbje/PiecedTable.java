package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.Cursor;
import com.sleepycat.je.CursorConfig;
import com.sleepycat.je.Database;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.LockMode;
import com.sleepycat.je.OperationStatus;
import com.sleepycat.je.Transaction;
import io.trellisdb.common.codec.Crc32c;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Long values under numbers, cut into pieces so that no message of the replication stream is long.
 *
 * <pre>
 *   key := number u64 · piece u32        value of piece 0 := total length u32 · CRC-32C u32 · bytes
 * </pre>
 */
final class PiecedTable {
    static final int PIECE_LENGTH_MAX = 1 << 20;
    static final int TOTAL_LENGTH_MAX = 256 << 20;
    private static final int HEADER_LENGTH = 8;
    private static final int KEY_LENGTH = 12;

    private final Database database;

    PiecedTable(Database database) {
        this.database = database;
    }

    /** Adds a value; false when the number has one, which stays. */
    boolean add(Transaction transaction, long number, byte[] value) {
        ByteBuffer whole = ByteBuffer.allocate(HEADER_LENGTH + value.length);
        whole.putInt(value.length);
        whole.putInt(Crc32c.of(value, 0, value.length));
        whole.put(value);
        byte[] bytes = whole.array();
        for (int piece = 0; piece * (long) PIECE_LENGTH_MAX < bytes.length; piece++) {
            int from = piece * PIECE_LENGTH_MAX;
            DatabaseEntry entry = new DatabaseEntry(bytes, from, Math.min(PIECE_LENGTH_MAX, bytes.length - from));
            if (database.putNoOverwrite(transaction, key(number, piece), entry) != OperationStatus.SUCCESS) {
                return false;
            }
        }
        return true;
    }

    /** The value of a number; empty also when it is being removed. DATA_CORRUPTED when it is not what was added. */
    Optional<byte[]> find(long number) {
        DatabaseEntry data = new DatabaseEntry();
        if (database.get(null, key(number, 0), data, LockMode.READ_COMMITTED) != OperationStatus.SUCCESS) {
            return Optional.empty();
        }
        ByteBuffer first = ByteBuffer.wrap(data.getData());
        int length = first.remaining() < HEADER_LENGTH ? -1 : first.getInt();
        if (length < 0 || length > TOTAL_LENGTH_MAX) {
            throw damaged(number, "length " + length);
        }
        int crc = first.getInt();
        ByteBuffer value = ByteBuffer.allocate(length);
        for (int piece = 1; ; piece++) {
            if (first.remaining() > value.remaining()) {
                throw damaged(number, "pieces are too long");
            }
            value.put(first);
            if (!value.hasRemaining()) {
                break;
            }
            if (database.get(null, key(number, piece), data, LockMode.READ_COMMITTED) != OperationStatus.SUCCESS) {
                return Optional.empty();
            }
            first = ByteBuffer.wrap(data.getData());
        }
        if (Crc32c.of(value.array(), 0, length) != crc) {
            throw damaged(number, "checksum");
        }
        return Optional.of(value.array());
    }

    OptionalLong last() {
        return edge(Cursor::getLast);
    }

    OptionalLong first() {
        return edge(Cursor::getFirst);
    }

    /** Removes everything below a number, at most {@code limit} pieces; whether nothing is left there. */
    boolean removeBelow(Transaction transaction, long number, int limit) {
        try (Cursor cursor = database.openCursor(transaction, null)) {
            DatabaseEntry key = new DatabaseEntry();
            DatabaseEntry none = nothing();
            for (int removed = 0; removed < limit; removed++) {
                if (cursor.getNext(key, none, LockMode.RMW) != OperationStatus.SUCCESS || number(key) >= number) {
                    return true;
                }
                cursor.delete();
            }
            return false;
        }
    }

    @FunctionalInterface
    private interface Move {
        OperationStatus go(Cursor cursor, DatabaseEntry key, DatabaseEntry data, @Nullable LockMode mode);
    }

    private OptionalLong edge(Move move) {
        try (Cursor cursor = database.openCursor(null, CursorConfig.READ_COMMITTED)) {
            DatabaseEntry key = new DatabaseEntry();
            return move.go(cursor, key, nothing(), null) == OperationStatus.SUCCESS
                    ? OptionalLong.of(number(key))
                    : OptionalLong.empty();
        }
    }

    private static DatabaseEntry nothing() {
        DatabaseEntry none = new DatabaseEntry();
        none.setPartial(0, 0, true);
        return none;
    }

    private static DatabaseEntry key(long number, int piece) {
        return new DatabaseEntry(
                ByteBuffer.allocate(KEY_LENGTH).putLong(number).putInt(piece).array());
    }

    private static long number(DatabaseEntry key) {
        return ByteBuffer.wrap(key.getData()).getLong();
    }

    private TrellisException damaged(long number, String what) {
        return new TrellisException(
                ErrorCode.DATA_CORRUPTED,
                "metadata are damaged: database " + database.getDatabaseName() + ", number " + number + ", " + what);
    }
}
