package io.trellisdb.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.routing.PartitionTable;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.message.Request;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.protocol.message.SessionKey;
import io.trellisdb.protocol.message.TransactionState;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Logins at a server that does the other side of SCRAM by itself. */
final class LoginTest {
    private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final int ITERATIONS = 4_096;
    private static final String PASSWORD = "pencil";

    private ServerSocket listener;
    private boolean isForged;
    private List<String> mechanisms = List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256");
    private Response refusal;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "login server");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                login(socket);
            } catch (IOException e) {
                // the client left, or the test is over
            }
        }
    }

    private void login(Socket socket) throws IOException {
        RequestFrame hello = read(socket);
        if (refusal != null) {
            reply(socket, hello, refusal);
            return;
        }
        reply(socket, hello, new Response.AuthenticationRequired(mechanisms));
        RequestFrame first = read(socket);
        String firstBare = text(first).substring("n,,".length());
        String challenge = firstBare.substring(firstBare.indexOf("r=")) + "server,s="
                + Base64.getEncoder().encodeToString(SALT) + ",i=" + ITERATIONS;
        reply(socket, first, new Response.AuthenticationStep(challenge.getBytes(StandardCharsets.UTF_8)));
        RequestFrame last = read(socket);
        String withoutProof = text(last).substring(0, text(last).indexOf(",p="));
        byte[] proof = Base64.getDecoder().decode(text(last).substring(withoutProof.length() + 3));
        byte[] signed = (firstBare + "," + challenge + "," + withoutProof).getBytes(StandardCharsets.UTF_8);
        if (!isProof(proof, signed)) {
            reply(socket, last, Response.Failure.of(ErrorCode.INVALID_PASSWORD, "password is wrong: ada"));
            return;
        }
        byte[] signature =
                isForged ? new byte[32] : hmac(hmac(salted(), "Server Key".getBytes(StandardCharsets.UTF_8)), signed);
        reply(socket, last, welcome("v=" + Base64.getEncoder().encodeToString(signature)));
        read(socket);
    }

    private static boolean isProof(byte[] proof, byte[] signed) {
        byte[] clientKey = hmac(salted(), "Client Key".getBytes(StandardCharsets.UTF_8));
        byte[] signature = hmac(sha256(clientKey), signed);
        byte[] recovered = new byte[proof.length];
        for (int i = 0; i < proof.length; i++) {
            recovered[i] = (byte) (proof[i] ^ signature[i]);
        }
        return MessageDigest.isEqual(recovered, clientKey);
    }

    private static byte[] salted() {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), SALT, ITERATIONS, 256))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Response welcome(String end) {
        return new Response.Welcome(
                1,
                "0.1.0",
                new SessionKey(1, 2, 3),
                "trellis",
                1,
                0,
                end.getBytes(StandardCharsets.UTF_8),
                Map.of(),
                new PartitionTable(1, List.of(), List.of()));
    }

    private static RequestFrame read(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return FrameCodec.decodeRequest(ByteBuffer.wrap(frame));
    }

    private static String text(RequestFrame frame) {
        return new String(((Request.Authenticate) frame.request()).message(), StandardCharsets.UTF_8);
    }

    private static void reply(Socket socket, RequestFrame request, Response response) throws IOException {
        ByteBuffer frame = FrameCodec.encode(new ResponseFrame(request.id(), 1, 1, TransactionState.NONE, response));
        socket.getOutputStream().write(frame.array(), frame.arrayOffset(), frame.remaining());
    }

    private Connection connect(String user, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:trellis://127.0.0.1:" + listener.getLocalPort() + "/", user, password);
    }

    @Test
    void passwordIsProvedBothWays() throws SQLException {
        try (Connection connection = connect("ada", PASSWORD)) {
            assertEquals("trellis", connection.getCatalog());
        }
    }

    @Test
    void wrongPasswordIsRefused() {
        SQLException refused = assertThrows(SQLInvalidAuthorizationSpecException.class, () -> connect("ada", "pen"));

        assertEquals("28P01", refused.getSQLState());
    }

    @Test
    void missingPasswordSaysSo() {
        SQLException refused = assertThrows(SQLInvalidAuthorizationSpecException.class, () -> connect("ada", ""));

        assertTrue(refused.getMessage().contains("asks for a password: user ada"), refused.getMessage());
    }

    @Test
    void serverThatCannotProveThePasswordIsRefused() {
        isForged = true;

        assertEquals(
                "28000",
                assertThrows(SQLInvalidAuthorizationSpecException.class, () -> connect("ada", PASSWORD))
                        .getSQLState());
    }

    @Test
    void unknownMechanismsAreRefused() {
        mechanisms = List.of("MAGIC");

        assertTrue(assertThrows(SQLException.class, () -> connect("ada", PASSWORD))
                .getMessage()
                .contains("MAGIC"));
    }

    @Test
    void serversRefusalKeepsItsCode() {
        refusal = Response.Failure.of(ErrorCode.TOO_MANY_CONNECTIONS, "too many connections: 1000");
        assertEquals(
                "53300",
                assertThrows(SQLException.class, () -> connect("ada", PASSWORD)).getSQLState());

        refusal = Response.Failure.of(ErrorCode.UNKNOWN_DATABASE, "database does not exist: x");
        assertEquals(
                "3F000",
                assertThrows(SQLException.class, () -> connect("ada", PASSWORD)).getSQLState());
    }
}
