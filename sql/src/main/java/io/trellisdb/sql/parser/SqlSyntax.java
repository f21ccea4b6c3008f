package io.trellisdb.sql.parser;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import java.io.Reader;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/**
 * Parses one statement. Unquoted identifiers are folded to lower case, identifiers in double quotes are kept.
 *
 * <p>Limits: {@link StatementLimits}. A text beyond them is refused before it is parsed.
 */
public final class SqlSyntax {
    /** Longest identifier. */
    public static final int IDENTIFIER_LENGTH_MAX = 128;

    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(SqlSyntax::parser)
            .withConformance(new Conformance())
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.TO_LOWER)
            .withQuotedCasing(Casing.UNCHANGED)
            .withIdentifierMaxLength(IDENTIFIER_LENGTH_MAX);

    private SqlSyntax() {}

    /**
     * Parses one statement; a semicolon may end it.
     *
     * @return a node of io.trellisdb.sql.syntax, a MERGE, or a query
     * @throws TrellisException with SYNTAX_ERROR, naming line, column, the offending word and what was expected; with
     *     LIMIT_EXCEEDED or STATEMENT_TOO_COMPLEX for a text beyond the limits
     */
    public static SqlNode parseStatement(String sql) {
        StatementLimits.check(sql);
        try {
            SqlNode statement = SqlParser.create(withoutSemicolon(sql), CONFIG).parseStmt();
            StatementLimits.checkDepth(statement);
            return statement;
        } catch (SqlParseException e) {
            throw SyntaxErrors.translate(sql, e);
        } catch (StackOverflowError e) {
            throw new TrellisException(ErrorCode.STATEMENT_TOO_COMPLEX, "statement is nested too deeply", e);
        }
    }

    private static SqlAbstractParserImpl parser(Reader reader) {
        GeneratedParser parser = (GeneratedParser) GeneratedParser.FACTORY.getParser(reader);
        parser.token_source = new ContextualTokens(parser.jj_input_stream);
        return parser;
    }

    private static String withoutSemicolon(String sql) {
        int end = sql.length();
        while (end > 0 && (Character.isWhitespace(sql.charAt(end - 1)) || sql.charAt(end - 1) == ';')) {
            end--;
        }
        return sql.substring(0, end);
    }

    /** Babel's conformance, which does not allow the word ROW before a row, although the printer writes it. */
    private static final class Conformance extends SqlDelegatingConformance {
        Conformance() {
            super(SqlConformanceEnum.BABEL);
        }

        @Override
        public boolean allowExplicitRowValueConstructor() {
            return true;
        }
    }
}
