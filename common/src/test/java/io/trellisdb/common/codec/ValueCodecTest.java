package io.trellisdb.common.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trellisdb.common.batch.ColumnVector;
import io.trellisdb.common.batch.Vectors;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.common.type.DataType;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ValueCodecTest {
    @Test
    void valuesComeBack() {
        RandomVectors random = new RandomVectors(TestSeed.next("valuesComeBack"));
        for (DataType type : RandomVectors.ALL_TYPES) {
            ColumnVector values = random.vector(type, 50);
            for (int row = 0; row < 50; row++) {
                byte[] bytes = ValueCodec.encode(type, values.value(row));
                ByteReader in = ByteReader.ofStored(bytes);
                Object decoded = ValueCodec.decode(in, type);
                in.expectEnd();
                assertEquals(
                        RandomVectors.bits(Vectors.constant(type, values.value(row), 1), 0),
                        RandomVectors.bits(Vectors.constant(type, decoded, 1), 0));
            }
        }
    }

    @Test
    void typesComeBack() {
        ByteWriter out = new ByteWriter();
        DataTypeCodec.encodeAll(out, RandomVectors.ALL_TYPES);

        assertEquals(RandomVectors.ALL_TYPES, DataTypeCodec.decodeAll(ByteReader.ofStored(out.toByteArray()), 100));
        ByteReader in = ByteReader.ofStored(out.toByteArray());
        assertThrows(TrellisException.class, () -> DataTypeCodec.decodeAll(in, RandomVectors.ALL_TYPES.size() - 1));
    }

    @Test
    void formatIsStable() {
        assertEquals("00010e", HexFormat.of().formatHex(ValueCodec.encode(DataType.INTEGER, 7)));
        assertEquals("02", HexFormat.of().formatHex(ValueCodec.encode(DataType.INTEGER, null)));
        assertEquals("000104006869", HexFormat.of().formatHex(ValueCodec.encode(DataType.TEXT, "hi")));
        ByteWriter out = new ByteWriter();
        DataTypeCodec.encodeAll(
                out,
                List.of(
                        DataType.decimal(20, 3),
                        DataType.varchar(300),
                        DataType.timestamp(9),
                        DataType.array(DataType.UUID)));
        assertEquals(
                "04" + "081403" + "0aac02" + "1109" + "1615", HexFormat.of().formatHex(out.toByteArray()));
    }

    @Test
    void invalidTypesAreRefused() {
        for (String hex : List.of("ff", "17", "080000", "082701", "08", "110a", "161601", "1600", "09ffffffff0f")) {
            ByteReader in = ByteReader.ofWire(HexFormat.of().parseHex(hex));
            assertEquals(
                    ErrorCode.PROTOCOL_VIOLATION,
                    assertThrows(TrellisException.class, () -> DataTypeCodec.decode(in), hex)
                            .code());
        }
    }

    /** Found by fuzzing: stored bytes failed with INVALID_UTF8, which callers of stored bytes do not expect. */
    @Test
    void damagedStringFailsWithTheReadersCode() {
        byte[] bytes = ValueCodec.encode(DataType.varchar(2), "hi");
        bytes[bytes.length - 1] = (byte) 0xFF;

        assertEquals(ErrorCode.DATA_CORRUPTED, refusal(bytes, DataType.varchar(2)));
        assertEquals(
                ErrorCode.DATA_CORRUPTED, refusal(ValueCodec.encode(DataType.varchar(2), "hi"), DataType.varchar(1)));
    }

    /** Found by fuzzing: a few bytes of a descriptor became hundreds of megabytes of boxed elements. */
    @Test
    void arrayBeyondTheLargestValueIsRefused() {
        ByteWriter out = new ByteWriter();
        out.writeByte(Blocks.NO_NULLS);
        out.writeByte(Blocks.CONSTANT);
        out.writeZigZagInt(5_000_000);
        out.writeByte(Blocks.NO_NULLS);
        out.writeByte(Blocks.CONSTANT);
        out.writeZigZagLong(7);

        assertEquals(ErrorCode.DATA_CORRUPTED, refusal(out.toByteArray(), DataType.array(DataType.BIGINT)));
    }

    private static ErrorCode refusal(byte[] bytes, DataType type) {
        return assertThrows(TrellisException.class, () -> ValueCodec.decode(ByteReader.ofStored(bytes), type))
                .code();
    }
}
