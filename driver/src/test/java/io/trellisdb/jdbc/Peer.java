package io.trellisdb.jdbc;

import io.trellisdb.protocol.message.RequestFrame;
import io.trellisdb.protocol.message.Response;
import io.trellisdb.protocol.message.TransactionState;
import java.io.IOException;

/** One client's connection as a scripted server sees it. Confined to the connection's thread. */
interface Peer {
    /** Answers a request; the transaction's state is the one last set. */
    void reply(RequestFrame request, Response... responses) throws IOException;

    void transaction(TransactionState state);

    /** Breaks the connection, as a killed process does. */
    void drop() throws IOException;
}
