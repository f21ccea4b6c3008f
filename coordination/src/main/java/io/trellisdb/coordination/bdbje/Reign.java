package io.trellisdb.coordination.bdbje;

import io.trellisdb.coordination.Epoch;
import io.trellisdb.coordination.LeaderInfo;

/** A mastership of this node, from its fence on. */
record Reign(LeaseGuard guard, LeaderInfo info) {
    Epoch epoch() {
        return guard.epoch();
    }
}
