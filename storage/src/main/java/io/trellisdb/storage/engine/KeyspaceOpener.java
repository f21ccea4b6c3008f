package io.trellisdb.storage.engine;

import io.trellisdb.storage.keyspace.KeyspaceStore;

/** Opens the keyspaces that a store's tables live in. */
interface KeyspaceOpener {
    /** Fails with DATA_CORRUPTED when they are damaged. */
    KeyspaceStore open();

    /** Puts damaged ones aside, so that {@link #open} makes new ones. */
    void putAside();
}
