package io.trellisdb.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.codec.ByteWriter;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.message.FetchLimits;
import io.trellisdb.protocol.message.GeneratedKeys;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.protocol.message.TransactionState;
import io.trellisdb.testing.SeededSuite;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class FrameCodecTest {
    /** Reads a frame's body and writes the frame again. */
    private interface Recoder {
        byte[] recode(ByteBuffer body);
    }

    private static byte[] recodeRequest(ByteBuffer body) {
        return bytes(FrameCodec.encode(FrameCodec.decodeRequest(body)));
    }

    private static byte[] recodeResponse(ByteBuffer body) {
        return bytes(FrameCodec.encode(FrameCodec.decodeResponse(body)));
    }

    /** A frame by its name: all of its bytes, and how its body is read and written again. */
    private record Sample(String name, byte[] bytes, Recoder recoder) {
        ByteBuffer body(byte[] frame) {
            return ByteBuffer.wrap(frame, FrameCodec.LENGTH_BYTES, frame.length - FrameCodec.LENGTH_BYTES);
        }
    }

    private static Stream<Sample> samples() {
        return Stream.concat(
                FrameSamples.requests().entrySet().stream()
                        .map(e -> new Sample(
                                e.getKey(), bytes(FrameCodec.encode(e.getValue())), FrameCodecTest::recodeRequest)),
                FrameSamples.responses().entrySet().stream()
                        .map(e -> new Sample(
                                e.getKey(), bytes(FrameCodec.encode(e.getValue())), FrameCodecTest::recodeResponse)));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static ErrorCode codeOf(Runnable decoding) {
        return assertThrows(TrellisException.class, decoding::run).code();
    }

    @TestFactory
    Stream<DynamicTest> everyFrameComesBack() {
        return samples()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> {
                    String expected = HexFormat.of().formatHex(sample.bytes());

                    assertEquals(
                            expected, HexFormat.of().formatHex(sample.recoder().recode(sample.body(sample.bytes()))));
                    ByteBuffer direct =
                            ByteBuffer.allocateDirect(sample.bytes().length).put(sample.bytes());
                    direct.position(FrameCodec.LENGTH_BYTES);
                    assertEquals(
                            expected, HexFormat.of().formatHex(sample.recoder().recode(direct)));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyTruncationIsRefused() {
        return samples()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> {
                    for (int length = FrameCodec.LENGTH_BYTES; length < sample.bytes().length; length++) {
                        byte[] cut = Arrays.copyOf(sample.bytes(), length);

                        assertEquals(ErrorCode.PROTOCOL_VIOLATION, codeOf(() -> sample.recoder()
                                .recode(sample.body(cut))));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyByteTooManyIsRefused() {
        return samples()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> {
                    byte[] longer = Arrays.copyOf(sample.bytes(), sample.bytes().length + 1);

                    assertEquals(ErrorCode.PROTOCOL_VIOLATION, codeOf(() -> sample.recoder()
                            .recode(sample.body(longer))));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyFlippedBitIsRefusedOrMeansSomethingElse() {
        return samples()
                .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> {
                    for (int bit = FrameCodec.LENGTH_BYTES * 8; bit < sample.bytes().length * 8; bit++) {
                        byte[] flipped = sample.bytes().clone();
                        flipped[bit / 8] ^= (byte) (1 << bit % 8);

                        decodeOrRefuse(sample, flipped);
                    }
                }));
    }

    private static void decodeOrRefuse(Sample sample, byte[] damaged) {
        try {
            sample.recoder().recode(sample.body(damaged));
        } catch (TrellisException e) {
            assertTrue(
                    List.of(
                                    ErrorCode.PROTOCOL_VIOLATION,
                                    ErrorCode.INVALID_UTF8,
                                    ErrorCode.STRING_TOO_LONG,
                                    ErrorCode.LIMIT_EXCEEDED)
                            .contains(e.code()),
                    () -> e.code() + " " + e.getMessage());
        }
    }

    @Test
    void damagedFramesAreRefusedOrMeanSomethingElse() {
        List<Sample> samples = samples().toList();
        new SeededSuite("protocol-damage", 300, 0.05).run(random -> damageAll(samples, random));
    }

    private static void damageAll(List<Sample> samples, Random random) {
        for (Sample sample : samples) {
            byte[] damaged = sample.bytes().clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                damaged[FrameCodec.LENGTH_BYTES + random.nextInt(damaged.length - FrameCodec.LENGTH_BYTES)] =
                        (byte) random.nextInt(256);
            }
            decodeOrRefuse(sample, damaged);
        }
    }

    @Test
    void noiseIsRefusedWithoutTakingMuchMemory() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        new SeededSuite("protocol-noise", 2_000, 0.05).run(random -> {
            byte[] noise = new byte[FrameCodec.HEADER_BYTES + 6 + random.nextInt(FrameCodec.MAX_BEFORE_LOGIN)];
            random.nextBytes(noise);
            int[] preLogin = {FrameType.HELLO, FrameType.AUTHENTICATE, FrameType.CANCEL};
            noise[0] = (byte) preLogin[random.nextInt(preLogin.length)];
            noise[1] = FrameCodec.VERSION;
            noise[2] = 0;
            noise[3] = 0;
            ByteWriter magic = new ByteWriter();
            magic.writeInt(RequestEncoder.MAGIC);
            System.arraycopy(magic.toByteArray(), 0, noise, FrameCodec.HEADER_BYTES + 2, Integer.BYTES);

            long before = threads.getCurrentThreadAllocatedBytes();
            decodeOrRefuse(new Sample("noise", noise, FrameCodecTest::recodeRequest), withLength(noise));
            long taken = threads.getCurrentThreadAllocatedBytes() - before;

            assertTrue(taken < 200_000, () -> "bytes taken: " + taken);
        });
    }

    private static byte[] withLength(byte[] body) {
        return ByteBuffer.allocate(FrameCodec.LENGTH_BYTES + body.length)
                .putInt(body.length)
                .put(body)
                .array();
    }

    @Test
    void countsAreComparedWithWhatIsLeftBeforeMemoryIsTaken() {
        ByteWriter body = new ByteWriter();
        body.writeByte(FrameType.PREPARED);
        body.writeByte(FrameCodec.VERSION);
        body.writeShort(0);
        body.writeLong(1);
        body.writeBytes(new byte[] {0, 0, 0, 1, 0, 0, 0});
        body.writeVarInt(1_000_000);

        TrellisException refused = assertThrows(
                TrellisException.class, () -> FrameCodec.decodeResponse(ByteBuffer.wrap(body.toByteArray())));

        assertTrue(refused.getMessage().startsWith("count is larger than the data: 1000000"), refused.getMessage());
    }

    @Test
    void lengthsOutOfBoundsAreRefused() {
        FrameCodec.checkLength(FrameCodec.HEADER_BYTES, FrameCodec.MAX_BEFORE_LOGIN);
        FrameCodec.checkLength(FrameCodec.MAX_BEFORE_LOGIN, FrameCodec.MAX_BEFORE_LOGIN);

        for (int length : new int[] {-1, 0, FrameCodec.HEADER_BYTES - 1, FrameCodec.MAX_BEFORE_LOGIN + 1}) {
            assertEquals(
                    ErrorCode.PROTOCOL_VIOLATION,
                    codeOf(() -> FrameCodec.checkLength(length, FrameCodec.MAX_BEFORE_LOGIN)));
        }
    }

    @Test
    void frameThatIsTooLargeIsNotBegun() {
        ByteWriter out = new ByteWriter();
        out.writeByte(42);
        String sql = "x".repeat(FrameCodec.MAX_AFTER_LOGIN);
        Request.ExecuteText text =
                new Request.ExecuteText(sql, new Batch(1), GeneratedKeys.none(), new FetchLimits(1, 0), null);

        assertEquals(ErrorCode.LIMIT_EXCEEDED, codeOf(() -> FrameCodec.encode(new RequestFrame(1, 0, 0, text), out)));
        assertEquals(1, out.position());
    }

    @Test
    void otherVersionsTypesAndFlagsAreRefused() {
        byte[] ping = bytes(FrameCodec.encode(new RequestFrame(1, 0, 0, new Request.Ping())));

        for (int offset : new int[] {4, 5, 6, 7}) {
            byte[] other = ping.clone();
            other[offset] = 0x7F;
            assertEquals(
                    ErrorCode.PROTOCOL_VIOLATION,
                    codeOf(() -> FrameCodec.decodeRequest(ByteBuffer.wrap(other, 4, other.length - 4))));
        }
    }

    @Test
    void requestIsNoResponse() {
        byte[] ping = bytes(FrameCodec.encode(new RequestFrame(1, 0, 0, new Request.Ping())));

        assertEquals(
                ErrorCode.PROTOCOL_VIOLATION,
                codeOf(() -> FrameCodec.decodeResponse(ByteBuffer.wrap(ping, 4, ping.length - 4))));
    }

    @Test
    void badValueLeavesTheRequestIdReadable() {
        RequestFrame frame = FrameSamples.requests().get("execute");
        byte[] bytes = bytes(FrameCodec.encode(frame));
        int text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("n0");
        bytes[text] = (byte) 0xC0;
        ByteBuffer body = ByteBuffer.wrap(bytes, 4, bytes.length - 4);

        assertEquals(ErrorCode.INVALID_UTF8, codeOf(() -> FrameCodec.decodeRequest(body)));
        assertEquals(frame.id(), FrameCodec.requestId(body));
    }

    @Test
    void hugeRunsOfCountsAreRefused() {
        ByteWriter out = new ByteWriter();
        FrameCodec.encode(
                new ResponseFrame(1, 0, 0, TransactionState.NONE, new Response.BatchComplete(new long[] {1}, null)),
                out);
        ByteWriter longer = new ByteWriter();
        longer.writeBytes(out.array(), FrameCodec.LENGTH_BYTES, FrameCodec.HEADER_BYTES + 3);
        longer.writeVarInt(1);
        longer.writeVarInt(Integer.MAX_VALUE);
        longer.writeZigZagLong(1);
        longer.writeBoolean(false);

        assertEquals(
                ErrorCode.PROTOCOL_VIOLATION,
                codeOf(() -> FrameCodec.decodeResponse(ByteBuffer.wrap(longer.toByteArray()))));
    }
}
