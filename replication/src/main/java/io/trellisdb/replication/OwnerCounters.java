package io.trellisdb.replication;

/**
 * What a node's owners have done since they started, and what they have under way now.
 *
 * @param statements accepted, repeated ones not counted
 * @param repeated answered from the store
 * @param joined duplicates that joined a running statement
 * @param refused because a writer had too much under way
 * @param failed ended without an entry
 * @param wounded parts run again because an older statement needed their locks
 * @param lockWaits parts that had to wait for a lock
 * @param lockTimeouts statements that waited too long
 * @param appends groups handed to the journal
 * @param entries entries in them
 * @param applyRounds calls of the store's apply
 * @param underWay statement parts that are queued, waiting, appended or being applied
 */
public record OwnerCounters(
        long statements,
        long repeated,
        long joined,
        long refused,
        long failed,
        long wounded,
        long lockWaits,
        long lockTimeouts,
        long appends,
        long entries,
        long applyRounds,
        long underWay) {}
