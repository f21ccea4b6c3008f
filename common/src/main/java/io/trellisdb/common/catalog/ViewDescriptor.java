package io.trellisdb.common.catalog;

import java.util.List;

/**
 * A view: a query kept as text, in whose creator's database unqualified names are looked up.
 *
 * @param columnNames the names given in CREATE VIEW v (a, b), or empty to take the query's
 */
public record ViewDescriptor(long id, long databaseId, String name, List<String> columnNames, String querySql) {
    public ViewDescriptor {
        columnNames = List.copyOf(columnNames);
    }
}
