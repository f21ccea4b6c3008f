package io.trellisdb.storage.write;

/**
 * One partition's part of a statement.
 *
 * @param containerId the container written
 * @param schemaVersion the container's version that the command was planned with; an owner that knows another one refuses
 *     with SCHEMA_CHANGED before it runs the command
 */
public record PartitionWrite(int partition, long containerId, int schemaVersion, WriteCommand command) {}
