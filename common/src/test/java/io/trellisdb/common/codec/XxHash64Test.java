package io.trellisdb.common.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class XxHash64Test {
    @Test
    void publishedVectorsAreMet() {
        assertEquals(0xEF46DB3751D8E999L, hash(""));
        assertEquals(0xD24EC4F1A98C6E5BL, hash("a"));
        assertEquals(0x44BC2CF5AD770999L, hash("abc"));
        assertEquals(0xFBCEA83C8A378BF1L, hash("Nobody inspects the spammish repetition"));
    }

    /** The buffer of the reference implementation's self test: bytes of a multiplicative sequence. */
    @Test
    void referenceSelfTestIsMet() {
        byte[] buffer = new byte[222];
        long generator = 2654435761L;
        for (int i = 0; i < buffer.length; i++) {
            buffer[i] = (byte) (generator >>> 56);
            generator *= 0x9E3779B185EBCA8DL;
        }

        assertEquals(0xE934A84ADB052768L, XxHash64.hash(buffer, 0, 1));
        assertEquals(0x8282DCC4994E35C8L, XxHash64.hash(buffer, 0, 14));
        assertEquals(0xB641AE8CB691C174L, XxHash64.hash(buffer, 0, 222));
    }

    @Test
    void placeInTheArrayDoesNotMatter() {
        byte[] bytes = "xxNobody inspects the spammish repetitionyy".getBytes(US_ASCII);

        assertEquals(0xFBCEA83C8A378BF1L, XxHash64.hash(bytes, 2, bytes.length - 4));
    }

    @Test
    void checksumOfTheCheckStringIsThePublishedOne() {
        assertEquals(0xE3069283, Crc32c.of("123456789".getBytes(US_ASCII), 0, 9));
        assertEquals(0xE3069283, Crc32c.of(java.nio.ByteBuffer.wrap("123456789".getBytes(US_ASCII))));
    }

    private static long hash(String text) {
        return XxHash64.hash(text.getBytes(US_ASCII));
    }
}
