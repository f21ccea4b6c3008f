package io.trellisdb.common.catalog;

/** A CHECK constraint: a row violates it when the condition is false (not when it is unknown). */
public record CheckDescriptor(String name, String conditionSql) {}
