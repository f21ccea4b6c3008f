package io.trellisdb.protocol.scram;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.testing.fuzz.Harmless;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A server's two messages, with a line end between them. */
public final class ScramFuzz {
    private static final Harmless HARMLESS = Harmless.failingWith(ErrorCode.AUTHENTICATION_FAILED)
            // each of 100,000 rounds makes a hash
            .allocating(32L * 1024 * 1024, 256);
    private static final String NONCE = "rOpr";

    private ScramFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        int end = 0;
        while (end < data.length && data[end] != '\n') {
            end++;
        }
        byte[] challenge = Arrays.copyOf(data, end);
        byte[] last = Arrays.copyOfRange(data, Math.min(end + 1, data.length), data.length);
        HARMLESS.decode(data, () -> {
            ScramClient client = new ScramClient("user", "pencil", NONCE);
            client.firstMessage();
            client.finalMessage(challenge);
            client.verify(last);
            return client;
        });
    }

    public static List<byte[]> seeds() {
        return List.of(
                ("r=" + NONCE + "xyz,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096\nv=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
                        .getBytes(StandardCharsets.UTF_8),
                ("r=" + NONCE + "xyz,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096\ne=other-error")
                        .getBytes(StandardCharsets.UTF_8));
    }
}
