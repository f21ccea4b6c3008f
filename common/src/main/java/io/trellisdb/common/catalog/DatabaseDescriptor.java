package io.trellisdb.common.catalog;

/** A database: what JDBC calls a schema. */
public record DatabaseDescriptor(long id, String name) {
    /** The database that every cluster has and that cannot be dropped. */
    public static final String DEFAULT_NAME = "public";
    /** The virtual database of the standard's metadata views. */
    public static final String INFORMATION_SCHEMA = "information_schema";
}
