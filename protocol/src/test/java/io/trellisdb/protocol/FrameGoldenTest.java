package io.trellisdb.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.testing.GoldenScripts;
import io.trellisdb.testing.RepositoryRoot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The bytes of every frame type, which must never change for this protocol version. */
final class FrameGoldenTest {
    private static final int BYTES_PER_LINE = 32;

    @TestFactory
    Stream<DynamicTest> bytesAreStable() {
        return GoldenScripts.area("frames", () -> FrameGoldenTest::hex);
    }

    /** Header and length on a line of their own, then the body. */
    private static String hex(String name) {
        RequestFrame request = FrameSamples.requests().get(name);
        ResponseFrame response = FrameSamples.responses().get(name);
        ByteBuffer frame = request != null ? FrameCodec.encode(request) : FrameCodec.encode(response);
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        StringBuilder text = new StringBuilder();
        int start = 0;
        int end = FrameCodec.LENGTH_BYTES + FrameCodec.HEADER_BYTES;
        while (start < bytes.length) {
            text.append(HexFormat.ofDelimiter(" ").formatHex(bytes, start, end)).append('\n');
            start = end;
            end = Math.min(bytes.length, end + BYTES_PER_LINE);
        }
        return text.toString();
    }

    @Test
    void everySampleHasGoldenBytes() throws IOException {
        Set<String> missing = new TreeSet<>(FrameSamples.requests().keySet());
        missing.addAll(FrameSamples.responses().keySet());
        for (String script : new String[] {"requests.txt", "responses.txt"}) {
            missing.removeAll(new HashSet<>(Files.readAllLines(
                    RepositoryRoot.moduleFolder().resolve("src/test/resources/scripts/frames/" + script))));
        }

        assertEquals(Set.of(), missing);
    }
}
