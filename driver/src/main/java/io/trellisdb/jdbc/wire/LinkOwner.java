package io.trellisdb.jdbc.wire;

import io.trellisdb.jdbc.url.HostPort;
import io.trellisdb.protocol.message.ResponseFrame;
import org.jspecify.annotations.Nullable;

/** What a link tells and asks the session that it belongs to. Called under the session's lock. */
interface LinkOwner {
    /** A frame came; called before anybody else sees it. */
    void onFrame(ResponseFrame frame);

    /** How long a server may be silent, where no deadline was set, before {@link #isServerAlive} is asked. */
    long patienceMillis();

    /** Asks a server over another connection for a sign of life; null stands for an embedded node. */
    boolean isServerAlive(@Nullable HostPort address);
}
