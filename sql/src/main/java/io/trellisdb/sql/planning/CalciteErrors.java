package io.trellisdb.sql.planning;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.validate.SqlValidatorException;
import org.apache.calcite.util.ControlFlowException;
import org.jspecify.annotations.Nullable;

/** Calcite's door: what its validator and converter throw becomes a coded sentence with the place in the statement. */
final class CalciteErrors {
    /** A message of Calcite's, and ours for it; {@code $1} stands for the first group. */
    private record Rule(Pattern pattern, ErrorCode code, String sentence) {
        static Rule of(String pattern, ErrorCode code, String sentence) {
            return new Rule(Pattern.compile(pattern, Pattern.DOTALL), code, sentence);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of(
                    "Object '([^']*)' not found(?: within '([^']*)')?.*",
                    ErrorCode.UNKNOWN_TABLE,
                    "table does not exist: $1"),
            Rule.of("Table '([^']*)' not found.*", ErrorCode.UNKNOWN_TABLE, "table does not exist: $1"),
            Rule.of("Column '([^']*)' not found in any table.*", ErrorCode.UNKNOWN_COLUMN, "column does not exist: $1"),
            Rule.of(
                    "Column '([^']*)' not found in table '([^']*)'.*",
                    ErrorCode.UNKNOWN_COLUMN,
                    "column does not exist: $2.$1"),
            Rule.of("Unknown field '([^']*)'.*", ErrorCode.UNKNOWN_COLUMN, "column does not exist: $1"),
            Rule.of("Unknown identifier '([^']*)'.*", ErrorCode.UNKNOWN_COLUMN, "column does not exist: $1"),
            Rule.of("Unknown target column '([^']*)'.*", ErrorCode.UNKNOWN_COLUMN, "column does not exist: $1"),
            Rule.of("Column '([^']*)' is ambiguous.*", ErrorCode.AMBIGUOUS_COLUMN, "column is ambiguous: $1"),
            Rule.of(
                    "Column name '([^']*)' in (?:NATURAL join or )?USING clause is not unique.*",
                    ErrorCode.AMBIGUOUS_COLUMN,
                    "column is ambiguous: $1"),
            Rule.of(
                    "Duplicate relation name '([^']*)' in FROM clause.*",
                    ErrorCode.DUPLICATE_OBJECT,
                    "table name is used twice in FROM, give one an alias: $1"),
            Rule.of(
                    "No match found for function signature ([^(]*)\\((.*)\\).*",
                    ErrorCode.UNKNOWN_FUNCTION,
                    "function does not exist: $1"),
            Rule.of(
                    "Function '([^']*)' not (?:found|defined).*",
                    ErrorCode.UNKNOWN_FUNCTION,
                    "function does not exist: $1"),
            Rule.of(
                    "Invalid number of arguments to function '([^']*)'. Was expecting (\\d+) arguments.*",
                    ErrorCode.UNKNOWN_FUNCTION,
                    "function takes another number of arguments: $1 takes $2"),
            Rule.of(
                    "Cannot apply '([^']*)' to arguments of type '([^']*)'\\..*",
                    ErrorCode.TYPE_MISMATCH,
                    "operator or function does not take these types: $2"),
            Rule.of(
                    "Cannot apply '([^']*)' to arguments of type '([^']*)'.*",
                    ErrorCode.TYPE_MISMATCH,
                    "operator or function does not take these types: $2"),
            Rule.of(
                    "Expression '(.*)' is not being grouped",
                    ErrorCode.GROUPING_ERROR,
                    "column must be grouped or inside an aggregate: $1"),
            Rule.of(
                    "Aggregate expression is illegal in (.*) clause",
                    ErrorCode.GROUPING_ERROR,
                    "aggregate functions are not allowed in $1"),
            Rule.of(
                    "Aggregate expression is illegal in (.*)",
                    ErrorCode.GROUPING_ERROR,
                    "aggregate functions are not allowed in $1"),
            Rule.of(
                    "Aggregate expressions cannot be nested",
                    ErrorCode.GROUPING_ERROR,
                    "aggregate functions cannot be nested"),
            Rule.of(
                    "Windowed aggregate expression is illegal in (.*) clause",
                    ErrorCode.GROUPING_ERROR,
                    "window functions are not allowed in $1"),
            Rule.of(
                    "Expression '(.*)' is not in the select clause",
                    ErrorCode.INVALID_COLUMN_REFERENCE,
                    "with SELECT DISTINCT, ORDER BY must name selected columns: $1"),
            Rule.of(
                    "Ordinal out of range",
                    ErrorCode.INVALID_COLUMN_REFERENCE,
                    "ORDER BY or GROUP BY position is out of range"),
            Rule.of(
                    "Values passed to (.*) operator must have compatible types",
                    ErrorCode.TYPE_MISMATCH,
                    "types do not match in $1"),
            Rule.of(
                    "Type mismatch in column (\\d+) of (.*)",
                    ErrorCode.TYPE_MISMATCH,
                    "types do not match in column $1 of $2"),
            Rule.of(
                    "Column count mismatch in (.*)",
                    ErrorCode.SYNTAX_ERROR,
                    "queries have different numbers of columns in $1"),
            Rule.of(
                    "Cast function cannot convert value of type (.*) to type (.*)",
                    ErrorCode.TYPE_MISMATCH,
                    "value cannot be converted: from $1 to $2"),
            Rule.of(
                    "(?:WHERE|HAVING|ON) clause expects a BOOLEAN.*",
                    ErrorCode.TYPE_MISMATCH,
                    "condition is not a boolean"),
            Rule.of("(WHERE|HAVING|ON) clause must be a condition", ErrorCode.TYPE_MISMATCH, "$1 is not a condition"),
            Rule.of("Expected a boolean type", ErrorCode.TYPE_MISMATCH, "condition is not a boolean"),
            Rule.of("FILTER must be a condition.*", ErrorCode.TYPE_MISMATCH, "FILTER is not a condition"),
            Rule.of(
                    "Illegal mixing of types in CASE.*",
                    ErrorCode.TYPE_MISMATCH,
                    "branches of CASE have different types"),
            Rule.of(
                    "Illegal use of dynamic parameter",
                    ErrorCode.INDETERMINATE_TYPE,
                    "type of a parameter cannot be determined, write a CAST"),
            Rule.of(
                    "Illegal use of 'NULL'",
                    ErrorCode.INDETERMINATE_TYPE,
                    "type of NULL cannot be determined, write a CAST"),
            Rule.of("Unknown datatype name '([^']*)'.*", ErrorCode.UNKNOWN_OBJECT, "type does not exist: $1"),
            Rule.of(
                    "Illegal interval literal format '?(.*?)'? for (.*)",
                    ErrorCode.INVALID_DATETIME,
                    "interval is not valid: $1"),
            Rule.of(
                    "Illegal (.*) literal '?(.*?)'?: not in format.*",
                    ErrorCode.INVALID_DATETIME,
                    "$1 literal is not valid: $2"),
            Rule.of(
                    "Illegal (.*) literal '?(.*?)'?(?:[:;].*)?",
                    ErrorCode.INVALID_DATETIME,
                    "$1 literal is not valid: $2"),
            Rule.of(
                    "Interval field value (.*) exceeds precision of (.*) field",
                    ErrorCode.INVALID_DATETIME,
                    "interval field is too large: $1"),
            Rule.of(
                    "Numeric literal '([^']*)' out of range",
                    ErrorCode.NUMBER_OUT_OF_RANGE,
                    "number is out of range: $1"),
            Rule.of(
                    "Number of INSERT target columns .*",
                    ErrorCode.SYNTAX_ERROR,
                    "INSERT has another number of columns than values"),
            Rule.of(
                    "(?:ORDER BY|Window).*(?:RANGE).*",
                    ErrorCode.SYNTAX_ERROR,
                    "RANGE frame needs exactly one ORDER BY column of a number or time type"),
            Rule.of("Window '([^']*)' not found", ErrorCode.UNKNOWN_OBJECT, "window does not exist: $1"),
            Rule.of(
                    "OVER clause is necessary for window functions",
                    ErrorCode.SYNTAX_ERROR,
                    "window function needs OVER"));

    private CalciteErrors() {}

    static TrellisException translate(Throwable failure) {
        return translate(failure, null);
    }

    /** @param suggestions names that may have been meant, or null */
    static TrellisException translate(Throwable failure, @Nullable Suggestions suggestions) {
        if (failure instanceof StackOverflowError) {
            return new TrellisException(ErrorCode.STATEMENT_TOO_COMPLEX, "statement is nested too deeply", failure);
        }
        String place = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TrellisException known) {
                return known;
            }
            if (cause instanceof CalciteContextException context && place.isEmpty() && context.getPosLine() > 0) {
                place = " (line " + context.getPosLine() + ", column " + context.getPosColumn() + ")";
            }
            if (isStatement(cause) && cause.getMessage() != null) {
                return sentence(cause.getMessage(), place, suggestions, failure);
            }
        }
        if (failure instanceof UnsupportedOperationException || failure instanceof ControlFlowException) {
            return new TrellisException(ErrorCode.NOT_SUPPORTED, "statement cannot be planned", failure);
        }
        return new TrellisException(
                ErrorCode.INTERNAL, "planning failed by a defect of Trellis: " + failure.getMessage(), failure);
    }

    private static boolean isStatement(Throwable cause) {
        return cause instanceof SqlValidatorException
                || cause instanceof CalciteException && !(cause instanceof CalciteContextException);
    }

    private static TrellisException sentence(
            String message, String place, @Nullable Suggestions suggestions, Throwable cause) {
        for (Rule rule : RULES) {
            Matcher matcher = rule.pattern().matcher(message);
            if (matcher.matches()) {
                if (rule.code() == ErrorCode.UNKNOWN_TABLE
                        && suggestions != null
                        && suggestions.isDatabase(first(matcher))) {
                    return new TrellisException(
                            ErrorCode.UNKNOWN_DATABASE, "database does not exist: " + first(matcher) + place, cause);
                }
                String sentence = expand(rule.sentence(), matcher);
                Optional<String> meant =
                        suggestions == null ? Optional.empty() : suggestions.find(rule.code(), matcher);
                String hint = meant.map(name -> ", did you mean " + name + "?").orElse("");
                return new TrellisException(rule.code(), sentence + hint + place, cause);
            }
        }
        return new TrellisException(ErrorCode.SYNTAX_ERROR, "statement is not valid: " + plain(message) + place, cause);
    }

    private static String first(Matcher matcher) {
        String group = matcher.group(1);
        return group == null ? "" : group;
    }

    private static String expand(String sentence, Matcher matcher) {
        String expanded = sentence;
        for (int i = 1; i <= matcher.groupCount(); i++) {
            String group = matcher.group(i);
            expanded = expanded.replace("$" + i, group == null ? "" : plain(group));
        }
        return expanded;
    }

    /** Without the marks that only Calcite's own readers know. */
    private static String plain(String text) {
        return text.replaceAll(" CHARACTER SET \"[^\"]*\"", "")
                .replaceAll(" COLLATE \"[^\"]*\"", "")
                .replace(" NOT NULL", "")
                .replace(System.lineSeparator(), " ")
                .trim();
    }
}
