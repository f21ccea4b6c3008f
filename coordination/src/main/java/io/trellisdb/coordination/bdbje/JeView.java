package io.trellisdb.coordination.bdbje;

import com.sleepycat.je.rep.ReplicatedEnvironment.State;

/**
 * What JE last said about a node.
 *
 * @param generation the opening of the environment that said it; 0 before the first
 * @param master the name of JE's master; empty when there is none
 * @param elections how often this node has become JE's master, so that losing it for a moment is not overlooked
 */
record JeView(long generation, State state, String master, long elections) {
    static final JeView NONE = new JeView(0, State.DETACHED, "", 0);

    boolean isMaster() {
        return state == State.MASTER;
    }

    boolean isReplica() {
        return state == State.REPLICA;
    }
}
