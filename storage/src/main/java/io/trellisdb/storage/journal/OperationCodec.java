package io.trellisdb.storage.journal;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.ContainerCodec;
import io.trellisdb.storage.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Operations as bytes.
 *
 * <pre>
 * operation := 1 · descriptor                                            DefineContainer
 *            | 2 · container                                             DropContainer
 *            | 3 · container                                             Truncate
 *            | 4 · container · schema version · batch with types · keys  PutRows
 *            | 5 · container · keys                                      DeleteRows
 *            | 6 · container · index · state (1)                         SetIndexState
 *            | 7 · container · column · value zigzag                     ReserveCounter
 *            | 8 · container · timestamp zigzag                          RaiseFloor
 * keys      := count · (bytes shared with the key before · length of the rest · rest)…
 * </pre>
 *
 * Numbers are varints unless a size is given.
 */
final class OperationCodec {
    private static final int DEFINE_CONTAINER = 1;
    private static final int DROP_CONTAINER = 2;
    private static final int TRUNCATE = 3;
    private static final int PUT_ROWS = 4;
    private static final int DELETE_ROWS = 5;
    private static final int SET_INDEX_STATE = 6;
    private static final int RESERVE_COUNTER = 7;
    private static final int RAISE_FLOOR = 8;
    /** Bytes of the keys of one operation: sharing must not let a few bytes become very many. */
    private static final long KEYS_MAX = 256L * 1024 * 1024;

    private OperationCodec() {}

    static void encode(ByteWriter out, Operation operation) {
        if (operation instanceof Operation.PutRows put) {
            head(out, PUT_ROWS, put);
            out.writeVarInt(put.schemaVersion());
            BatchCodec.encodeWithTypes(out, put.rows());
            encodeKeys(out, put.rowKeys());
        } else if (operation instanceof Operation.DeleteRows delete) {
            head(out, DELETE_ROWS, delete);
            encodeKeys(out, delete.rowKeys());
        } else if (operation instanceof Operation.ReserveCounter reserve) {
            head(out, RESERVE_COUNTER, reserve);
            out.writeVarInt(reserve.columnId());
            out.writeZigZagLong(reserve.upTo());
        } else if (operation instanceof Operation.DefineContainer define) {
            out.writeByte(DEFINE_CONTAINER);
            ContainerCodec.encode(out, define.descriptor());
        } else if (operation instanceof Operation.SetIndexState set) {
            head(out, SET_INDEX_STATE, set);
            out.writeVarLong(set.indexId());
            ContainerCodec.encodeState(out, set.state());
        } else if (operation instanceof Operation.RaiseFloor raise) {
            head(out, RAISE_FLOOR, raise);
            out.writeZigZagLong(raise.timestamp());
        } else if (operation instanceof Operation.DropContainer drop) {
            head(out, DROP_CONTAINER, drop);
        } else if (operation instanceof Operation.Truncate truncate) {
            head(out, TRUNCATE, truncate);
        }
    }

    private static void head(ByteWriter out, int code, Operation operation) {
        out.writeByte(code);
        out.writeVarLong(operation.containerId());
    }

    static Operation decode(ByteReader in) {
        int code = in.readUnsignedByte();
        if (code == DEFINE_CONTAINER) {
            return new Operation.DefineContainer(ContainerCodec.decode(in));
        }
        long container = in.readVarLong();
        return switch (code) {
            case DROP_CONTAINER -> new Operation.DropContainer(container);
            case TRUNCATE -> new Operation.Truncate(container);
            case PUT_ROWS -> decodePut(in, container);
            case DELETE_ROWS -> new Operation.DeleteRows(container, decodeKeys(in));
            case SET_INDEX_STATE ->
                new Operation.SetIndexState(container, in.readVarLong(), ContainerCodec.decodeState(in));
            case RESERVE_COUNTER -> new Operation.ReserveCounter(container, in.readVarInt(), in.readZigZagLong());
            case RAISE_FLOOR -> new Operation.RaiseFloor(container, in.readZigZagLong());
            default -> throw in.failure("unknown operation: " + code);
        };
    }

    private static Operation decodePut(ByteReader in, long container) {
        int schemaVersion = in.readVarInt();
        Batch rows = BatchCodec.decodeWithTypes(in, BatchCodec.Origin.TRELLIS);
        List<byte[]> keys = decodeKeys(in);
        if (keys.size() != rows.rowCount()) {
            throw in.failure("rows and keys differ: " + rows.rowCount() + ", " + keys.size());
        }
        return new Operation.PutRows(container, schemaVersion, rows, keys);
    }

    private static void encodeKeys(ByteWriter out, List<byte[]> keys) {
        out.writeVarInt(keys.size());
        byte[] before = new byte[0];
        for (byte[] key : keys) {
            int shared = sharedLength(before, key);
            out.writeVarInt(shared);
            out.writeVarInt(key.length - shared);
            out.writeBytes(key, shared, key.length - shared);
            before = key;
        }
    }

    private static int sharedLength(byte[] left, byte[] right) {
        int mismatch = Arrays.mismatch(left, right);
        return mismatch < 0 ? left.length : mismatch;
    }

    private static List<byte[]> decodeKeys(ByteReader in) {
        int count = in.readCount(2);
        List<byte[]> keys = new ArrayList<>(count);
        byte[] before = new byte[0];
        long total = 0;
        for (int i = 0; i < count; i++) {
            int shared = in.readVarInt();
            int rest = in.readCount(1);
            total += shared + (long) rest;
            if (shared < 0 || shared > before.length || total > KEYS_MAX) {
                throw in.failure("key shares more than there is: " + shared + " of " + before.length + " bytes");
            }
            byte[] key = Arrays.copyOf(before, shared + rest);
            System.arraycopy(in.array(), in.skip(rest), key, shared, rest);
            keys.add(key);
            before = key;
        }
        return keys;
    }
}
