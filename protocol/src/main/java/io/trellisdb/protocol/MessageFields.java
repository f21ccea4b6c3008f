package io.trellisdb.protocol;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.codec.BatchCodec;
import io.trellisdb.common.codec.BatchCodec.Origin;
import io.trellisdb.common.codec.ByteReader;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.codec.DataTypeCodec;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.ErrorCode.Category;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.routing.NodeAddress;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.common.token.Token;
import io.trellisdb.common.type.DataType;
import io.trellisdb.protocol.message.ColumnMetadata;
import io.trellisdb.protocol.message.ColumnMetadata.Nullability;
import io.trellisdb.protocol.message.FetchLimits;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.Response.Refused;
import io.trellisdb.protocol.message.Response.RowBatch;
import io.trellisdb.protocol.message.Routing;
import io.trellisdb.protocol.message.RowSet;
import io.trellisdb.protocol.message.SessionKey;
import io.trellisdb.protocol.message.SessionSetting;
import io.trellisdb.protocol.message.StatementKind;
import io.trellisdb.protocol.message.TransactionState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields that several messages share, as bytes. What is written here is read by the method beside it. */
final class MessageFields {
    /** The constants of each enum by their code, so that reading one copies no array. */
    static final List<TransactionState> TRANSACTION_STATES = List.of(TransactionState.values());

    static final List<StatementKind> STATEMENT_KINDS = List.of(StatementKind.values());
    static final List<SessionSetting> SETTINGS = List.of(SessionSetting.values());
    static final List<Nullability> NULLABILITIES = List.of(Nullability.values());
    static final List<RowBatch.Progress> PROGRESS = List.of(RowBatch.Progress.values());
    static final List<Refused.Reason> REASONS = List.of(Refused.Reason.values());
    static final List<Category> CATEGORIES = List.of(Category.values());

    private static final int ROUTE_ANYWHERE = 0;
    private static final int ROUTE_ONE_PARTITION = 1;
    private static final int ROUTE_BY_PARAMETERS = 2;
    private static final int KEYS_NONE = 0;
    private static final int KEYS_IDENTITY = 1;
    private static final int KEYS_COLUMNS = 2;
    /** What the batches of one message may occupy in memory: compact forms expand, and each batch has only its own bound. */
    private static final long MAX_BATCHES_BYTES = 128L * 1024 * 1024;
    /** The fewest bytes of an encoded batch: row count and column count. */
    private static final int MIN_BATCH_BYTES = 2;

    private static final int MIN_COLUMN_BYTES = 7;
    private static final int MIN_NODE_BYTES = 5;
    private static final int MIN_PARTITION_BYTES = 3;

    private MessageFields() {}

    static <E extends Enum<E>> void writeEnum(ByteWriter out, List<E> constants, E value) {
        out.writeByte(constants.indexOf(value));
    }

    static <E extends Enum<E>> E readEnum(ByteReader in, List<E> constants) {
        int code = in.readUnsignedByte();
        if (code >= constants.size()) {
            throw in.failure("unknown " + constants.get(0).getDeclaringClass().getSimpleName() + ": " + code);
        }
        return constants.get(code);
    }

    static <T> void writeList(ByteWriter out, List<T> list, BiConsumer<ByteWriter, T> element) {
        out.writeVarInt(list.size());
        for (T value : list) {
            element.accept(out, value);
        }
    }

    static <T> List<T> readList(ByteReader in, int minElementBytes, Function<ByteReader, T> element) {
        int count = in.readCount(minElementBytes);
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(element.apply(in));
        }
        return list;
    }

    static <T> void writeOptional(ByteWriter out, @Nullable T value, BiConsumer<ByteWriter, T> present) {
        out.writeBoolean(value != null);
        if (value != null) {
            present.accept(out, value);
        }
    }

    static <T> @Nullable T readOptional(ByteReader in, Function<ByteReader, T> present) {
        return in.readBoolean() ? present.apply(in) : null;
    }

    /** A varint that must not be negative. */
    static int readSmallInt(ByteReader in) {
        int value = in.readVarInt();
        if (value < 0) {
            throw in.failure("number is too large: " + Integer.toUnsignedString(value));
        }
        return value;
    }

    static void writeToken(ByteWriter out, Token token) {
        out.writeLong(token.session());
        out.writeVarLong(token.sequence());
        out.writeVarLong(token.lowestUnfinished());
    }

    static Token readToken(ByteReader in) {
        return new Token(in.readLong(), in.readVarLong(), in.readVarLong());
    }

    static void writeKey(ByteWriter out, SessionKey key) {
        out.writeLong(key.session());
        out.writeLong(key.secretHigh());
        out.writeLong(key.secretLow());
    }

    static SessionKey readKey(ByteReader in) {
        return new SessionKey(in.readLong(), in.readLong(), in.readLong());
    }

    static void writeLimits(ByteWriter out, FetchLimits limits) {
        out.writeVarLong(limits.creditRows());
        out.writeVarLong(limits.maxRows());
    }

    static FetchLimits readLimits(ByteReader in) {
        return new FetchLimits(in.readVarLong(), in.readVarLong());
    }

    /** All of equal types; each carries them nevertheless, since most messages hold one batch. */
    static void writeBatches(ByteWriter out, List<Batch> batches) {
        writeList(out, batches, BatchCodec::encodeWithTypes);
    }

    static List<Batch> readBatches(ByteReader in, Origin origin) {
        int count = in.readCount(MIN_BATCH_BYTES);
        List<Batch> batches = new ArrayList<>(count);
        long sizeBytes = 0;
        for (int i = 0; i < count; i++) {
            Batch batch = BatchCodec.decodeWithTypes(in, origin);
            sizeBytes += batch.sizeBytes();
            if (sizeBytes > MAX_BATCHES_BYTES) {
                throw new TrellisException(
                        ErrorCode.LIMIT_EXCEEDED, "batches of one message are too large: " + sizeBytes + " bytes");
            }
            if (i > 0 && !batch.types().equals(batches.get(0).types())) {
                throw in.failure("batches of one message have different types: " + batch.types());
            }
            batches.add(batch);
        }
        return batches;
    }

    static void writeTypes(ByteWriter out, List<DataType> types) {
        writeList(out, types, DataTypeCodec::encode);
    }

    static List<DataType> readTypes(ByteReader in) {
        return readList(in, 1, DataTypeCodec::decode);
    }

    static void writeColumns(ByteWriter out, List<ColumnMetadata> columns) {
        writeList(out, columns, MessageFields::writeColumn);
    }

    static List<ColumnMetadata> readColumns(ByteReader in) {
        return readList(in, MIN_COLUMN_BYTES, MessageFields::readColumn);
    }

    private static void writeColumn(ByteWriter out, ColumnMetadata column) {
        out.writeString(column.label());
        DataTypeCodec.encode(out, column.type());
        writeEnum(out, NULLABILITIES, column.nullability());
        out.writeString(column.database());
        out.writeString(column.table());
        out.writeString(column.column());
        out.writeBoolean(column.generated());
    }

    private static ColumnMetadata readColumn(ByteReader in) {
        return new ColumnMetadata(
                in.readString(),
                DataTypeCodec.decode(in),
                readEnum(in, NULLABILITIES),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readBoolean());
    }

    static void writeRowSet(ByteWriter out, RowSet rows) {
        writeColumns(out, rows.columns());
        writeBatches(out, rows.batches());
    }

    static RowSet readRowSet(ByteReader in) {
        return new RowSet(readColumns(in), readBatches(in, Origin.TRELLIS));
    }

    static void writeRouting(ByteWriter out, Routing routing) {
        if (routing instanceof Routing.OnePartition one) {
            out.writeByte(ROUTE_ONE_PARTITION);
            out.writeVarInt(one.partition());
        } else if (routing instanceof Routing.ByParameters by) {
            out.writeByte(ROUTE_BY_PARAMETERS);
            writeList(out, by.positions(), ByteWriter::writeVarInt);
            writeTypes(out, by.types());
        } else {
            out.writeByte(ROUTE_ANYWHERE);
        }
    }

    static Routing readRouting(ByteReader in) {
        int code = in.readUnsignedByte();
        return switch (code) {
            case ROUTE_ANYWHERE -> new Routing.Anywhere();
            case ROUTE_ONE_PARTITION -> new Routing.OnePartition(readSmallInt(in));
            case ROUTE_BY_PARAMETERS ->
                new Routing.ByParameters(readList(in, 1, MessageFields::readSmallInt), readTypes(in));
            default -> throw in.failure("unknown routing: " + code);
        };
    }

    static void writeGeneratedKeys(ByteWriter out, GeneratedKeys keys) {
        if (keys instanceof GeneratedKeys.Columns columns) {
            out.writeByte(KEYS_COLUMNS);
            writeList(out, columns.names(), ByteWriter::writeString);
        } else {
            out.writeByte(keys instanceof GeneratedKeys.Identity ? KEYS_IDENTITY : KEYS_NONE);
        }
    }

    static GeneratedKeys readGeneratedKeys(ByteReader in) {
        int code = in.readUnsignedByte();
        return switch (code) {
            case KEYS_NONE -> new GeneratedKeys.None();
            case KEYS_IDENTITY -> new GeneratedKeys.Identity();
            case KEYS_COLUMNS -> new GeneratedKeys.Columns(readList(in, 1, ByteReader::readString));
            default -> throw in.failure("unknown choice of generated keys: " + code);
        };
    }

    /** In the order of the settings' codes, each at most once, so that equal maps have equal bytes. */
    static void writeSettings(ByteWriter out, Map<SessionSetting, String> settings) {
        out.writeVarInt(settings.size());
        for (int code = 0; code < SETTINGS.size(); code++) {
            String value = settings.get(SETTINGS.get(code));
            if (value != null) {
                out.writeByte(code);
                out.writeString(value);
            }
        }
    }

    static Map<SessionSetting, String> readSettings(ByteReader in) {
        int count = in.readCount(2);
        EnumMap<SessionSetting, String> settings = new EnumMap<>(SessionSetting.class);
        int last = -1;
        for (int i = 0; i < count; i++) {
            SessionSetting setting = readEnum(in, SETTINGS);
            int code = SETTINGS.indexOf(setting);
            if (code <= last) {
                throw in.failure("settings are not in ascending order: " + setting);
            }
            last = code;
            settings.put(setting, in.readString());
        }
        return settings;
    }

    static void writeNode(ByteWriter out, NodeAddress node) {
        out.writeVarInt(node.nodeId());
        out.writeString(node.name());
        out.writeString(node.host());
        out.writeShort(node.port());
    }

    static NodeAddress readNode(ByteReader in) {
        return new NodeAddress(readSmallInt(in), in.readString(), in.readString(), in.readUnsignedShort());
    }

    static void writeTable(ByteWriter out, PartitionTable table) {
        out.writeVarLong(table.version());
        writeList(out, table.nodes(), MessageFields::writeNode);
        writeList(out, table.partitions(), MessageFields::writePartition);
    }

    static PartitionTable readTable(ByteReader in) {
        return new PartitionTable(
                in.readVarLong(),
                readList(in, MIN_NODE_BYTES, MessageFields::readNode),
                readList(in, MIN_PARTITION_BYTES, MessageFields::readPartition));
    }

    private static void writePartition(ByteWriter out, PartitionTable.Row row) {
        out.writeVarInt(row.owner());
        out.writeVarLong(row.term());
        writeList(out, row.backups(), ByteWriter::writeVarInt);
    }

    private static PartitionTable.Row readPartition(ByteReader in) {
        return new PartitionTable.Row(readSmallInt(in), in.readVarLong(), readList(in, 1, MessageFields::readSmallInt));
    }
}
