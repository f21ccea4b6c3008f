package io.trellisdb.jdbc;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.protocol.FrameCodec;
import io.trellisdb.protocol.embedded.EmbeddedConnection;
import io.trellisdb.protocol.embedded.EmbeddedDoor;
import io.trellisdb.protocol.embedded.EmbeddedTarget;
import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.ResponseFrame;
import io.trellisdb.protocol.message.TransactionState;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/** An embedded door whose only node is {@code mem:scripted}; found by {@code ServiceLoader}. */
public final class ScriptedDoor implements EmbeddedDoor {
    @Override
    public EmbeddedConnection open(EmbeddedTarget target, Map<String, String> settings) {
        if (!target.equals(new EmbeddedTarget.InMemory("scripted"))) {
            throw new TrellisException(ErrorCode.CANNOT_CONNECT, "node cannot be opened: " + target);
        } else if (!settings.isEmpty()) {
            throw new TrellisException(ErrorCode.INVALID_CONFIGURATION, "unknown setting: " + settings.keySet());
        }
        return new Door();
    }

    private static final class Door implements EmbeddedConnection, Peer {
        private final ScriptedServer server =
                new ScriptedServer((peer, frame) -> peer.reply(frame, Replies.allNumbers(40, 43)));
        private final Queue<ByteBuffer> answers = new ArrayDeque<>();
        private boolean isOpen = true;

        @Override
        public void send(ByteBuffer frame) throws IOException {
            ByteBuffer body = frame.slice(
                    frame.position() + FrameCodec.LENGTH_BYTES, frame.remaining() - FrameCodec.LENGTH_BYTES);
            isOpen = isOpen && server.serve(this, FrameCodec.decodeRequest(body));
        }

        @Override
        public ByteBuffer receive(long timeoutMillis) throws IOException {
            ByteBuffer answer = answers.poll();
            if (answer == null) {
                throw new EOFException("node closed the connection");
            }
            return answer;
        }

        @Override
        public void reply(RequestFrame request, Response... responses) {
            for (Response response : responses) {
                answers.add(FrameCodec.encode(new ResponseFrame(request.id(), 1, 1, TransactionState.NONE, response)));
            }
        }

        @Override
        public void transaction(TransactionState state) {
            throw new UnsupportedOperationException("transactions are not scripted here");
        }

        @Override
        public void drop() {
            isOpen = false;
        }

        @Override
        public void close() {
            isOpen = false;
        }
    }
}
