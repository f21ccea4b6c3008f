package io.trellisdb.sql.definition;

import io.trellisdb.common.catalog.ContainerDescriptor;
import io.trellisdb.common.catalog.Partitioning;
import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.naming.NameResolver;
import io.trellisdb.sql.naming.Suggestion;
import io.trellisdb.sql.syntax.TableOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;

/**
 * The options of WITH.
 *
 * @param values as given, by key
 * @param colocateWith the container whose partition is shared
 */
record TableOptions(Map<String, String> values, Optional<Long> colocateWith) {
    static final String COLOCATE_WITH = "colocate_with";
    static final String EXPIRATION = "expiration";

    private static final List<String> KNOWN = List.of(COLOCATE_WITH, EXPIRATION);

    static TableOptions read(List<TableOption> options, NameResolver names) {
        Map<String, String> values = new TreeMap<>();
        Optional<Long> colocateWith = Optional.empty();
        for (TableOption option : options) {
            String key = option.key();
            String value = text(option);
            if (key.equals(COLOCATE_WITH)) {
                SqlIdentifier other = new SqlIdentifier(List.of(value.split("\\.")), SqlParserPos.ZERO);
                colocateWith = Optional.of(whole(names.container(other)).id());
            } else if (key.equals(EXPIRATION)) {
                throw new TrellisException(
                        ErrorCode.NOT_SUPPORTED, "option is not supported yet: expiration (retention of rows)");
            } else {
                throw new TrellisException(
                        ErrorCode.INVALID_PARAMETER,
                        "option does not exist: " + key + Suggestion.didYouMean(key, KNOWN));
            }
            if (values.put(key, value) != null) {
                throw new TrellisException(ErrorCode.SYNTAX_ERROR, "option is given twice: " + key);
            }
        }
        return new TableOptions(values, colocateWith);
    }

    private static ContainerDescriptor whole(ContainerDescriptor other) {
        if (!(other.partitioning() instanceof Partitioning.Whole)) {
            throw new TrellisException(
                    ErrorCode.INVALID_TABLE_DEFINITION,
                    "colocate_with needs a table that is not partitioned: " + other.name()
                            + "; tables with equal PARTITION BY HASH columns are together by themselves");
        }
        return other;
    }

    private static String text(TableOption option) {
        if (option.value() instanceof SqlIdentifier identifier) {
            return String.join(".", identifier.names);
        }
        if (option.value() instanceof SqlLiteral literal) {
            Object value = literal.getValue();
            return value instanceof NlsString string ? string.getValue() : String.valueOf(value);
        }
        return option.value().toString();
    }
}
