package io.trellisdb.replication.role;

/** How a replica behaves now. {@link Replica} moves between roles; a role never replaces itself. */
sealed interface Role permits Owner, Follower {
    Replica.RoleName name();

    /** A later configuration that leaves the replica in this role. */
    void configured(Configuration configuration);

    /** A message of the promised term. */
    void received(Message message);

    /** The journal has more durable entries, or the store more applied ones. */
    void progressed();

    void tick();

    /** The lowest position whose entries this role may still have to send; everything before it may be forgotten. */
    long neededLsn();

    /** The role is over. */
    void end();
}
