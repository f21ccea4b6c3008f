package io.trellisdb.common.catalog;

import java.util.List;

/** A FOREIGN KEY … NOT ENFORCED: kept and shown to tools, never checked. */
public record ForeignKeyDescriptor(
        String name,
        List<String> columns,
        String referencedDatabase,
        String referencedTable,
        List<String> referencedColumns) {
    public ForeignKeyDescriptor {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
    }
}
