package io.trellisdb.sql.planning;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Makes types whose strings are UTF-8 and ordered by bytes.
 *
 * <p>A string literal would be CHAR(n) by the standard, and would then be padded and compared without its trailing blanks;
 * here, as in PostgreSQL, it is VARCHAR. CHAR(n) is only what a column or a CAST declares: {@link #createCharacterType}.
 */
final class TrellisTypeFactory extends SqlTypeFactoryImpl {
    TrellisTypeFactory() {
        super(TrellisTypeSystem.INSTANCE);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public RelDataType createSqlType(SqlTypeName typeName) {
        return utf8(super.createSqlType(varying(typeName)));
    }

    @Override
    public RelDataType createSqlType(SqlTypeName typeName, int precision) {
        return utf8(super.createSqlType(varying(typeName), precision));
    }

    @Override
    public RelDataType createTypeWithCharsetAndCollation(
            RelDataType type, Charset charset, org.apache.calcite.sql.SqlCollation collation) {
        return super.createTypeWithCharsetAndCollation(type, StandardCharsets.UTF_8, Utf8Collation.INSTANCE);
    }

    /** CHAR(n) itself. */
    RelDataType createCharacterType(int length) {
        return utf8(super.createSqlType(SqlTypeName.CHAR, length));
    }

    private static SqlTypeName varying(SqlTypeName typeName) {
        return typeName == SqlTypeName.CHAR ? SqlTypeName.VARCHAR : typeName;
    }

    private RelDataType utf8(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.CHAR || type.getSqlTypeName() == SqlTypeName.VARCHAR
                ? createTypeWithCharsetAndCollation(type, StandardCharsets.UTF_8, Utf8Collation.INSTANCE)
                : type;
    }
}
