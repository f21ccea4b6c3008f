package io.trellisdb.replication.lock;

/** How much of a lock a statement needs. Only containers are ever locked shared: by everybody who locks a row of them. */
public enum LockMode {
    SHARED,
    EXCLUSIVE
}
