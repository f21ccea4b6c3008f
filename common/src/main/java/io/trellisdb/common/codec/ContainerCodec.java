package io.trellisdb.common.codec;

import io.trellisdb.common.catalog.CheckDescriptor;
import io.trellisdb.common.catalog.ColumnDescriptor;
import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.ContainerKind;
import io.trellisdb.common.catalog.ForeignKeyDescriptor;
import io.trellisdb.common.catalog.IdentityDescriptor;
import io.trellisdb.common.catalog.IndexDescriptor;
import io.trellisdb.common.catalog.KeyColumn;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Container descriptors as bytes, in the journal, the stores and the metadata.
 *
 * <pre>
 * container  := 1 (format) · id · version · database · name · kind (1) · list of column · list of key · list of index
 *             · list of check · list of foreign key · partitioning · list of (option name · value), by name · next column id
 * column     := id · name · type (DataTypeCodec) · nullable · [default SQL] · [absent value (ValueCodec)] · [identity]
 * identity   := always · start zigzag · increment zigzag
 * key        := column id · descending
 * index      := id · name · unique · constraint · list of key · state (1)
 * check      := name · condition SQL
 * foreign key:= name · list of string · database · table · list of string
 * partitioning := 1 · partition | 2 · list of column id
 * </pre>
 *
 * Numbers are varints unless a size is given; booleans are a byte; {@code [x]} is 0, or 1 and x.
 */
public final class ContainerCodec {
    private static final int FORMAT = 1;
    private static final int COLLECTION = 1;
    private static final int TIME_SERIES = 2;
    private static final int WHOLE = 1;
    private static final int HASH = 2;

    private ContainerCodec() {}

    /** Appends a descriptor; it tells its own end. */
    public static void encode(ByteWriter out, ContainerDescriptor container) {
        out.writeByte(FORMAT);
        out.writeVarLong(container.id());
        out.writeVarInt(container.version());
        out.writeVarLong(container.databaseId());
        out.writeString(container.name());
        out.writeByte(container.kind() == ContainerKind.COLLECTION ? COLLECTION : TIME_SERIES);
        Expansion expansion = new Expansion();
        encodeList(out, container.columns(), (to, column) -> encodeColumn(to, column, expansion));
        encodeList(out, container.primaryKey(), ContainerCodec::encodeKey);
        encodeList(out, container.indexes(), ContainerCodec::encodeIndex);
        encodeList(out, container.checks(), ContainerCodec::encodeCheck);
        encodeList(out, container.foreignKeys(), ContainerCodec::encodeForeignKey);
        encodePartitioning(out, container.partitioning());
        // sorted, so that equal descriptors have equal bytes
        encodeList(out, List.copyOf(new TreeMap<>(container.options()).entrySet()), (to, option) -> {
            to.writeString(option.getKey());
            to.writeString(option.getValue());
        });
        out.writeVarInt(container.nextColumnId());
    }

    /** A descriptor that {@link #encode} wrote; damage fails with the reader's code. */
    public static ContainerDescriptor decode(ByteReader in) {
        int format = in.readUnsignedByte();
        if (format != FORMAT) {
            throw in.failure("container has an unknown format: " + format);
        }
        Expansion expansion = new Expansion();
        try {
            return new ContainerDescriptor(
                    in.readVarLong(),
                    in.readVarInt(),
                    in.readVarLong(),
                    in.readString(),
                    decodeKind(in),
                    decodeList(in, 5, from -> decodeColumn(from, expansion)),
                    decodeList(in, 2, ContainerCodec::decodeKey),
                    decodeList(in, 6, ContainerCodec::decodeIndex),
                    decodeList(in, 2, from -> new CheckDescriptor(from.readString(), from.readString())),
                    decodeList(in, 5, ContainerCodec::decodeForeignKey),
                    decodePartitioning(in),
                    decodeOptions(in),
                    in.readVarInt());
        } catch (IllegalArgumentException e) {
            throw in.failure("container is not valid: " + e.getMessage());
        }
    }

    private static <T> void encodeList(ByteWriter out, List<T> list, BiConsumer<ByteWriter, T> encoder) {
        out.writeVarInt(list.size());
        for (T element : list) {
            encoder.accept(out, element);
        }
    }

    private static <T> List<T> decodeList(ByteReader in, int minSize, Function<ByteReader, T> decoder) {
        int count = in.readCount(minSize);
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(decoder.apply(in));
        }
        return list;
    }

    private static ContainerKind decodeKind(ByteReader in) {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case COLLECTION -> ContainerKind.COLLECTION;
            case TIME_SERIES -> ContainerKind.TIME_SERIES;
            default -> throw in.failure("unknown kind of container: " + kind);
        };
    }

    private static void encodeColumn(ByteWriter out, ColumnDescriptor column, Expansion expansion) {
        out.writeVarInt(column.id());
        out.writeString(column.name());
        DataTypeCodec.encode(out, column.type());
        out.writeBoolean(column.nullable());
        String defaultSql = column.defaultSql();
        out.writeBoolean(defaultSql != null);
        if (defaultSql != null) {
            out.writeString(defaultSql);
        }
        Object absentValue = column.absentValue();
        out.writeBoolean(absentValue != null);
        if (absentValue != null) {
            ValueCodec.encode(out, column.type(), absentValue, expansion);
        }
        IdentityDescriptor identity = column.identity();
        out.writeBoolean(identity != null);
        if (identity != null) {
            out.writeBoolean(identity.always());
            out.writeZigZagLong(identity.start());
            out.writeZigZagLong(identity.increment());
        }
    }

    private static ColumnDescriptor decodeColumn(ByteReader in, Expansion expansion) {
        int id = in.readVarInt();
        String name = in.readString();
        DataType type = DataTypeCodec.decode(in);
        boolean nullable = in.readBoolean();
        String defaultSql = in.readBoolean() ? in.readString() : null;
        Object absentValue = in.readBoolean() ? ValueCodec.decode(in, type, expansion) : null;
        return new ColumnDescriptor(id, name, type, nullable, defaultSql, absentValue, decodeIdentity(in));
    }

    private static @Nullable IdentityDescriptor decodeIdentity(ByteReader in) {
        return in.readBoolean()
                ? new IdentityDescriptor(in.readBoolean(), in.readZigZagLong(), in.readZigZagLong())
                : null;
    }

    private static void encodeKey(ByteWriter out, KeyColumn key) {
        out.writeVarInt(key.columnId());
        out.writeBoolean(key.descending());
    }

    private static KeyColumn decodeKey(ByteReader in) {
        return new KeyColumn(in.readVarInt(), in.readBoolean());
    }

    private static void encodeIndex(ByteWriter out, IndexDescriptor index) {
        out.writeVarLong(index.id());
        out.writeString(index.name());
        out.writeBoolean(index.unique());
        out.writeBoolean(index.constraint());
        encodeList(out, index.columns(), ContainerCodec::encodeKey);
        out.writeByte(stateCode(index.state()));
    }

    private static IndexDescriptor decodeIndex(ByteReader in) {
        return new IndexDescriptor(
                in.readVarLong(),
                in.readString(),
                in.readBoolean(),
                in.readBoolean(),
                decodeList(in, 2, ContainerCodec::decodeKey),
                decodeState(in));
    }

    private static int stateCode(IndexDescriptor.State state) {
        return switch (state) {
            case WRITE_ONLY -> 1;
            case BACKFILL -> 2;
            case PUBLIC -> 3;
            case FAILED -> 4;
        };
    }

    /** Appends an index state, one byte. */
    public static void encodeState(ByteWriter out, IndexDescriptor.State state) {
        out.writeByte(stateCode(state));
    }

    /** What {@link #encodeState} wrote. */
    public static IndexDescriptor.State decodeState(ByteReader in) {
        int code = in.readUnsignedByte();
        return switch (code) {
            case 1 -> IndexDescriptor.State.WRITE_ONLY;
            case 2 -> IndexDescriptor.State.BACKFILL;
            case 3 -> IndexDescriptor.State.PUBLIC;
            case 4 -> IndexDescriptor.State.FAILED;
            default -> throw in.failure("unknown index state: " + code);
        };
    }

    private static void encodeCheck(ByteWriter out, CheckDescriptor check) {
        out.writeString(check.name());
        out.writeString(check.conditionSql());
    }

    private static void encodeForeignKey(ByteWriter out, ForeignKeyDescriptor key) {
        out.writeString(key.name());
        encodeList(out, key.columns(), ByteWriter::writeString);
        out.writeString(key.referencedDatabase());
        out.writeString(key.referencedTable());
        encodeList(out, key.referencedColumns(), ByteWriter::writeString);
    }

    private static ForeignKeyDescriptor decodeForeignKey(ByteReader in) {
        return new ForeignKeyDescriptor(
                in.readString(),
                decodeList(in, 1, ByteReader::readString),
                in.readString(),
                in.readString(),
                decodeList(in, 1, ByteReader::readString));
    }

    private static void encodePartitioning(ByteWriter out, Partitioning partitioning) {
        if (partitioning instanceof Partitioning.Whole whole) {
            out.writeByte(WHOLE);
            out.writeVarInt(whole.partition());
        } else if (partitioning instanceof Partitioning.Hash hash) {
            out.writeByte(HASH);
            encodeList(out, hash.columnIds(), ByteWriter::writeVarInt);
        }
    }

    private static Partitioning decodePartitioning(ByteReader in) {
        int code = in.readUnsignedByte();
        return switch (code) {
            case WHOLE -> new Partitioning.Whole(in.readVarInt());
            case HASH -> new Partitioning.Hash(decodeList(in, 1, ByteReader::readVarInt));
            default -> throw in.failure("unknown partitioning: " + code);
        };
    }

    private static Map<String, String> decodeOptions(ByteReader in) {
        Map<String, String> options = new TreeMap<>();
        int count = in.readCount(2);
        for (int i = 0; i < count; i++) {
            options.put(in.readString(), in.readString());
        }
        return options;
    }
}
