/**
 * From a CSV file into a table, by JDBC batches.
 *
 * <p>Invariants: a file is read once from its beginning to its end and never held; a field is at most
 * {@value io.trellisdb.cli.load.CsvReader#MAX_FIELD_CHARACTERS} characters and a record at most
 * {@value io.trellisdb.cli.load.CsvReader#MAX_FIELDS} fields; every complaint names the line, and the column where there is
 * one; a batch is loaded whole or not at all, batches before it stay.
 *
 * <p>Confined to one thread. No retries here: the driver repeats what may be repeated.
 */
@NullMarked
package io.trellisdb.cli.load;

import org.jspecify.annotations.NullMarked;
