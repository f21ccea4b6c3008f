package io.trellisdb.sql.syntax;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** The grouping element RANGE (time) EVERY (n, unit [, offset]) [FILL (…)]. */
public final class RangeBuckets extends SyntaxCall {
    /** What an empty bucket yields. */
    public enum Fill {
        NONE,
        NULL,
        PREVIOUS,
        LINEAR
    }

    private final SqlIdentifier time;
    private final long width;
    private final TimeUnit unit;
    private final @Nullable SqlNode offset;
    private final Fill fill;

    public RangeBuckets(
            SqlParserPos pos, SqlIdentifier time, long width, TimeUnit unit, @Nullable SqlNode offset, Fill fill) {
        super(pos, "RANGE BUCKETS");
        this.time = time;
        this.width = width;
        this.unit = unit;
        this.offset = offset;
        this.fill = fill;
    }

    public SqlIdentifier time() {
        return time;
    }

    /** How many units one bucket is wide. */
    public long width() {
        return width;
    }

    public TimeUnit unit() {
        return unit;
    }

    /** Where buckets begin: a number of units, or a zone as text. */
    public Optional<SqlNode> offset() {
        return Optional.ofNullable(offset);
    }

    public Fill fill() {
        return fill;
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        writer.keyword("RANGE");
        SqlText.list(writer, List.of(time));
        writer.keyword("EVERY");
        SqlWriter.Frame frame = writer.startList("(", ")");
        writer.print(Long.toString(width));
        writer.sep(",", true);
        writer.keyword(unit.name());
        if (offset != null) {
            writer.sep(",", true);
            offset.unparse(writer, 0, 0);
        }
        writer.endList(frame);
        writer.keyword("FILL");
        SqlWriter.Frame method = writer.startList("(", ")");
        writer.keyword(fill.name());
        writer.endList(method);
    }
}
