package io.trellisdb.sql.syntax;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Names of types that are not in the standard: PostgreSQL's and GridDB's.
 *
 * <p>FLOAT is the standard's and PostgreSQL's: 8 bytes, or 4 with a precision up to 24. GridDB's FLOAT of 4 bytes is
 * spelled REAL here. SERIAL and its kin are integers with an identity.
 */
public final class TypeSpelling {
    private static final int REAL_PRECISION_MAX = 24;

    private static final Map<String, SqlTypeName> NAMES = Map.ofEntries(
            Map.entry("bool", SqlTypeName.BOOLEAN),
            Map.entry("byte", SqlTypeName.TINYINT),
            Map.entry("short", SqlTypeName.SMALLINT),
            Map.entry("long", SqlTypeName.BIGINT),
            Map.entry("int1", SqlTypeName.TINYINT),
            Map.entry("int2", SqlTypeName.SMALLINT),
            Map.entry("int4", SqlTypeName.INTEGER),
            Map.entry("int8", SqlTypeName.BIGINT),
            Map.entry("float4", SqlTypeName.REAL),
            Map.entry("float8", SqlTypeName.DOUBLE),
            Map.entry("float", SqlTypeName.DOUBLE),
            Map.entry("string", SqlTypeName.VARCHAR),
            Map.entry("text", SqlTypeName.VARCHAR),
            Map.entry("clob", SqlTypeName.VARCHAR),
            Map.entry("bpchar", SqlTypeName.CHAR),
            Map.entry("blob", SqlTypeName.VARBINARY),
            Map.entry("bytea", SqlTypeName.VARBINARY),
            Map.entry("timestamptz", SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE),
            Map.entry("smallserial", SqlTypeName.SMALLINT),
            Map.entry("serial2", SqlTypeName.SMALLINT),
            Map.entry("serial", SqlTypeName.INTEGER),
            Map.entry("serial4", SqlTypeName.INTEGER),
            Map.entry("bigserial", SqlTypeName.BIGINT),
            Map.entry("serial8", SqlTypeName.BIGINT));

    private TypeSpelling() {}

    /** Whether the word names a type that the grammar does not know by itself. */
    public static boolean isKnown(String word) {
        return NAMES.containsKey(word.toLowerCase(Locale.ROOT));
    }

    /** Whether the word names an integer type with an identity. */
    public static boolean isSerial(String word) {
        return word.toLowerCase(Locale.ROOT).contains("serial");
    }

    /** Whether a length or precision in parentheses may follow the word. */
    public static boolean allowsPrecision(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "float", "timestamptz", "bpchar" -> true;
            default -> false;
        };
    }

    /**
     * The type that the word names.
     *
     * @param precision what stands in parentheses, -1 without
     * @return empty where the precision is out of range
     */
    public static Optional<SqlTypeNameSpec> type(String word, int precision, SqlParserPos pos) {
        String name = word.toLowerCase(Locale.ROOT);
        SqlTypeName type = NAMES.get(name);
        if (type == null) {
            throw new IllegalArgumentException("word names no type: " + word);
        }
        if (!name.equals("float")) {
            return Optional.of(new SqlBasicTypeNameSpec(type, precision, pos));
        }
        if (precision == 0 || precision > 53) {
            return Optional.empty();
        }
        boolean real = precision > 0 && precision <= REAL_PRECISION_MAX;
        return Optional.of(new SqlBasicTypeNameSpec(real ? SqlTypeName.REAL : SqlTypeName.DOUBLE, pos));
    }
}
