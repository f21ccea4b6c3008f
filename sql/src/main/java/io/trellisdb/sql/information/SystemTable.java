package io.trellisdb.sql.information;

import io.trellisdb.sql.plan.OutputColumn;
import java.util.List;

/** The definition of a virtual table of {@code information_schema}. */
public record SystemTable(String name, List<OutputColumn> columns) {
    public SystemTable {
        columns = List.copyOf(columns);
    }

    /** As {@code SystemScan} names it. */
    public String qualifiedName() {
        return InformationSchema.NAME + "." + name;
    }
}
