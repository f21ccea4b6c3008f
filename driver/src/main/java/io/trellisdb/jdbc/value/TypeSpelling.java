package io.trellisdb.jdbc.value;

import io.trellisdb.common.type.DataType;
import io.trellisdb.common.type.TypeKind;
import java.util.Locale;

/** Reads types as {@link DataType#toString} and {@code information_schema} spell them. */
public final class TypeSpelling {
    private static final String ARRAY = " ARRAY";
    private static final String LOCAL_ZONE = " WITH LOCAL TIME ZONE";

    private TypeSpelling() {}

    /**
     * The type of a spelling such as {@code DECIMAL(10, 2)}.
     *
     * @param precision used where the spelling names none; negative if unknown
     * @param scale used where the spelling names none; negative if unknown
     * @return VARCHAR for a spelling that this driver does not know, which a newer server may have
     */
    public static DataType parse(String spelling, int precision, int scale) {
        String text = spelling.strip().toUpperCase(Locale.ROOT);
        if (text.endsWith(ARRAY)) {
            return DataType.array(parse(text.substring(0, text.length() - ARRAY.length()), precision, scale));
        }
        boolean isLocalZone = text.endsWith(LOCAL_ZONE);
        String plain = isLocalZone ? text.substring(0, text.length() - LOCAL_ZONE.length()) : text;
        int open = plain.indexOf('(');
        String name = open < 0 ? plain : plain.substring(0, open).strip();
        int first = precision;
        int second = scale;
        if (open >= 0 && plain.endsWith(")")) {
            String[] numbers = plain.substring(open + 1, plain.length() - 1).split(",");
            first = number(numbers[0], precision);
            second = numbers.length > 1 ? number(numbers[1], scale) : 0;
        }
        try {
            return build(isLocalZone ? "TIMESTAMP_LTZ" : name, first, Math.max(second, 0));
        } catch (IllegalArgumentException e) {
            return DataType.VARCHAR;
        }
    }

    private static int number(String text, int otherwise) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static DataType build(String name, int precision, int scale) {
        return switch (name) {
            case "INTERVAL YEAR TO MONTH" -> DataType.INTERVAL_MONTH;
            case "INTERVAL DAY TO SECOND" -> DataType.INTERVAL_NANO;
            case "DECIMAL", "NUMERIC" ->
                precision < 0 ? SqlTypes.ofKind(TypeKind.DECIMAL) : DataType.decimal(precision, scale);
            case "CHAR", "CHARACTER" -> DataType.character(Math.max(precision, 1));
            case "BINARY" -> DataType.binary(Math.max(precision, 1));
            case "VARCHAR", "CHARACTER VARYING" -> DataType.varchar(Math.max(precision, 0));
            case "VARBINARY" -> DataType.varbinary(Math.max(precision, 0));
            case "TIME" -> DataType.time(fraction(precision));
            case "TIMESTAMP" -> DataType.timestamp(fraction(precision));
            case "TIMESTAMP_LTZ" -> DataType.timestampLtz(fraction(precision));
            default -> new DataType(TypeKind.valueOf(name), 0, 0, null);
        };
    }

    private static int fraction(int precision) {
        return precision < 0 ? 6 : precision;
    }
}
