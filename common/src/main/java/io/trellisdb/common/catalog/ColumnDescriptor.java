package io.trellisdb.common.catalog;

import io.trellisdb.common.type.DataType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of a container.
 *
 * @param id stable for the container's life, from 1; 0 stands for no column
 * @param defaultSql the DEFAULT expression as SQL text, or null
 * @param absentValue the boxed value that rows have which were written before this column existed, or null
 * @param identity set for GENERATED AS IDENTITY columns
 */
public record ColumnDescriptor(
        int id,
        String name,
        DataType type,
        boolean nullable,
        @Nullable String defaultSql,
        @Nullable Object absentValue,
        @Nullable IdentityDescriptor identity) {
    public ColumnDescriptor {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(type, "type is null");
        if (id < 1) {
            throw new IllegalArgumentException("column id must be positive: " + id);
        }
    }

    /** A plain column without default or identity. */
    public static ColumnDescriptor of(int id, String name, DataType type, boolean nullable) {
        return new ColumnDescriptor(id, name, type, nullable, null, null, null);
    }

    public ColumnDescriptor renamed(String newName) {
        return new ColumnDescriptor(id, newName, type, nullable, defaultSql, absentValue, identity);
    }
}
