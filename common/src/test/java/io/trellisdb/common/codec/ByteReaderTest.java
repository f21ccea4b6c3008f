package io.trellisdb.common.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class ByteReaderTest {
    @Test
    void everythingWrittenIsReadBack() {
        SplittableRandom random = new SplittableRandom(TestSeed.next("everythingWrittenIsReadBack"));
        for (int round = 0; round < 2000; round++) {
            long wide = random.nextLong() >>> random.nextInt(64);
            int narrow = random.nextInt() >> random.nextInt(32);
            ByteWriter out = new ByteWriter(random.nextInt(4));
            out.writeVarLong(wide);
            out.writeZigZagLong(-wide);
            out.writeVarInt(narrow);
            out.writeZigZagInt(narrow);
            out.writeInt(narrow);
            out.writeLong(wide);
            out.writeShort(narrow);
            out.writeBoolean(true);
            out.writeDouble(-0.0);
            out.writeString("h\u00e9\0\ud83d\ude00");
            out.writeByteArray(new byte[] {1, 2});
            out.writeBytes(ByteBuffer.wrap(new byte[] {9, 8, 7}, 1, 2));

            ByteReader in = ByteReader.ofStored(out.toByteArray());
            assertEquals(wide, in.readVarLong());
            assertEquals(-wide, in.readZigZagLong());
            assertEquals(narrow, in.readVarInt());
            assertEquals(narrow, in.readZigZagInt());
            assertEquals(narrow, in.readInt());
            assertEquals(wide, in.readLong());
            assertEquals((short) narrow, in.readShort());
            assertTrue(in.readBoolean());
            assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(in.readDouble()));
            assertEquals("h\u00e9\0\ud83d\ude00", in.readString());
            assertArrayEquals(new byte[] {1, 2}, in.readByteArray());
            assertEquals(ByteBuffer.wrap(new byte[] {8, 7}), in.readBuffer(2));
            in.expectEnd();
        }
    }

    @Test
    void fixedNumbersAreBigEndianAndVarintsLowBitsFirst() {
        ByteWriter out = new ByteWriter();
        out.writeInt(0x01020304);
        out.writeVarInt(300);
        out.writeZigZagInt(-1);
        out.patchInt(0, 0x0A0B0C0D);

        assertEquals("0a0b0c0dac0201", HexFormat.of().formatHex(out.toByteArray()));
        assertEquals(ByteBuffer.wrap(out.toByteArray()), out.asByteBuffer());
        assertThrows(IllegalArgumentException.class, () -> out.patchInt(4, 1));
    }

    @Test
    void readingBeyondTheEndFailsWithTheReadersCode() {
        byte[] bytes = new byte[3];
        assertFails(bytes, ErrorCode.DATA_CORRUPTED, ByteReader::readInt);
        assertFails(bytes, ErrorCode.DATA_CORRUPTED, ByteReader::readLong);
        assertFails(bytes, ErrorCode.DATA_CORRUPTED, in -> in.readBytes(4));
        assertFails(bytes, ErrorCode.DATA_CORRUPTED, in -> in.skip(-1));
        assertFails(bytes, ErrorCode.DATA_CORRUPTED, in -> in.slice(4));
        assertFails(bytes, ErrorCode.DATA_CORRUPTED, ByteReader::expectEnd);
        assertEquals(
                ErrorCode.PROTOCOL_VIOLATION,
                assertThrows(TrellisException.class, () -> ByteReader.ofWire(bytes)
                                .readInt())
                        .code());
    }

    @Test
    void malformedNumbersAndStringsFail() {
        assertFails(hex("ffffffffff01"), ErrorCode.DATA_CORRUPTED, ByteReader::readVarInt);
        assertFails(hex("ffffffffffffffffff02"), ErrorCode.DATA_CORRUPTED, ByteReader::readVarLong);
        assertFails(hex("ffffffffffffffffffff01"), ErrorCode.DATA_CORRUPTED, ByteReader::readVarLong);
        assertFails(hex("02"), ErrorCode.DATA_CORRUPTED, ByteReader::readBoolean);
        assertFails(hex("02c080"), ErrorCode.DATA_CORRUPTED, ByteReader::readString);
        assertEquals(-1L, ByteReader.ofStored(hex("ffffffffffffffffff01")).readVarLong());
    }

    @Test
    void countsAreCheckedAgainstWhatRemains() {
        byte[] bytes = hex("0300000000000000");

        assertEquals(3, ByteReader.ofStored(bytes).readCount(2));
        assertFails(bytes, ErrorCode.DATA_CORRUPTED, in -> in.readCount(3));
        assertFails(hex("ffffffffffffffffff01"), ErrorCode.DATA_CORRUPTED, in -> in.readCount(1));
        assertFails(hex("7f"), ErrorCode.DATA_CORRUPTED, ByteReader::readByteArray);
    }

    @Test
    void slicesEndWhereTheyShould() {
        ByteReader in = ByteReader.ofStored(hex("0102030405"), 1, 3);
        ByteReader slice = in.slice(2);

        assertEquals(2, slice.readByte());
        assertEquals(3, slice.readByte());
        assertFalse(slice.hasRemaining());
        assertThrows(TrellisException.class, slice::readByte);
        assertEquals(4, in.readByte());
        assertEquals(0, in.remaining());
    }

    @Test
    void halfSurrogatePairsAreNotWritten() {
        assertEquals(
                ErrorCode.INVALID_UTF8,
                assertThrows(TrellisException.class, () -> new ByteWriter().writeString("a\ud800"))
                        .code());
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static void assertFails(byte[] bytes, ErrorCode code, Consumer<ByteReader> read) {
        assertEquals(
                code,
                assertThrows(TrellisException.class, () -> read.accept(ByteReader.ofStored(bytes)))
                        .code());
    }
}
