package io.trellisdb.sql.syntax;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Litmus;

/** The type of a column that holds intervals, such as INTERVAL DAY TO SECOND. */
public final class IntervalTypeSpec extends SqlTypeNameSpec {
    private final SqlIntervalQualifier qualifier;

    public IntervalTypeSpec(SqlIntervalQualifier qualifier, SqlParserPos pos) {
        super(new SqlIdentifier("interval", pos), pos);
        this.qualifier = qualifier;
    }

    /** The units of the interval. */
    public SqlIntervalQualifier qualifier() {
        return qualifier;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator) {
        return validator.getTypeFactory().createSqlIntervalType(qualifier);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("INTERVAL");
        qualifier.unparse(writer, 0, 0);
    }

    @Override
    public boolean equalsDeep(SqlTypeNameSpec other, Litmus litmus) {
        if (!(other instanceof IntervalTypeSpec that)) {
            return litmus.fail("{} != {}", this, other);
        }
        return qualifier.equalsDeep(that.qualifier, litmus);
    }
}
