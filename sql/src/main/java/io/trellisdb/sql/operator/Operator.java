package io.trellisdb.sql.operator;

import io.trellisdb.storage.BatchCursor;

/** A running plan node: its rows, batch by batch. */
interface Operator extends BatchCursor {}
