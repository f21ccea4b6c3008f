package io.trellisdb.sql.plan;

import io.trellisdb.common.type.DataType;

/** A column of a node's output. */
public record OutputColumn(String name, DataType type, boolean nullable) {}
