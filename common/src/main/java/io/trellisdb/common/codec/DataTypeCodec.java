package io.trellisdb.common.codec;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Types as bytes: the kind's code, then DECIMAL: precision, scale (a byte each); strings and binary with a length: varint;
 * TIME and timestamps: a byte of precision; ARRAY: the element's type.
 */
public final class DataTypeCodec {
    private DataTypeCodec() {}

    public static void encode(ByteWriter out, DataType type) {
        out.writeByte(type.kind().code());
        switch (type.kind()) {
            case DECIMAL -> {
                out.writeByte(type.precision());
                out.writeByte(type.scale());
            }
            case CHAR, VARCHAR, BINARY, VARBINARY -> out.writeVarInt(type.precision());
            case TIME, TIMESTAMP, TIMESTAMP_LTZ -> out.writeByte(type.precision());
            case ARRAY -> encode(out, type.elementType());
            default -> {}
        }
    }

    public static DataType decode(ByteReader in) {
        return decode(in, true);
    }

    /** Count as a varint, then the types. */
    public static void encodeAll(ByteWriter out, List<DataType> types) {
        out.writeVarInt(types.size());
        for (DataType type : types) {
            encode(out, type);
        }
    }

    /** What {@link #encodeAll} wrote, if it is at most {@code maxCount} types. */
    public static List<DataType> decodeAll(ByteReader in, int maxCount) {
        int count = in.readCount(1);
        if (count > maxCount) {
            throw in.failure("too many types: " + count + ", at most " + maxCount);
        }
        List<DataType> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(decode(in));
        }
        return types;
    }

    /** Arrays do not nest, so hostile input cannot recurse deeper than one level. */
    private static DataType decode(ByteReader in, boolean isArrayAllowed) {
        int code = in.readUnsignedByte();
        try {
            TypeKind kind = TypeKind.ofCode(code);
            int precision = 0;
            int scale = 0;
            DataType element = null;
            switch (kind) {
                case DECIMAL -> {
                    precision = in.readUnsignedByte();
                    scale = in.readUnsignedByte();
                }
                case CHAR, VARCHAR, BINARY, VARBINARY -> precision = in.readVarInt();
                case TIME, TIMESTAMP, TIMESTAMP_LTZ -> precision = in.readUnsignedByte();
                case ARRAY -> element = element(in, isArrayAllowed);
                default -> {}
            }
            return new DataType(kind, precision, scale, element);
        } catch (IllegalArgumentException e) {
            throw in.failure("type is not valid: " + e.getMessage());
        }
    }

    private static @Nullable DataType element(ByteReader in, boolean isArrayAllowed) {
        return isArrayAllowed ? decode(in, false) : null;
    }
}
