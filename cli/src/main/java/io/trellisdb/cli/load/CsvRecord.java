package io.trellisdb.cli.load;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a CSV file.
 *
 * @param fields an empty field without quotes is null, with quotes it is an empty text
 * @param line where the record begins, from 1
 */
record CsvRecord(List<@Nullable String> fields, long line) {
    CsvRecord {
        fields = Collections.unmodifiableList(fields);
    }
}
