package io.trellisdb.storage.write;

/**
 * A statement's change of one partition. Implementations are records without references to sessions or stores.
 */
public interface WriteCommand {
    /**
     * Decides the change from committed state. Called on the partition's writer thread, perhaps several times: a call of
     * {@link WriteContext#lock} that cannot be granted leaves by a signal that must not be caught, and the command is run
     * from its beginning when the lock is free.
     *
     * @throws io.trellisdb.common.error.TrellisException when the statement fails (a constraint, a value); nothing happens
     */
    WriteDecision decide(WriteContext context);
}
