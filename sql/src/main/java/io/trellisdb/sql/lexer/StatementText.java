package io.trellisdb.sql.lexer;

import io.trellisdb.common.batch.Batch;
import io.trellisdb.common.batch.BatchBuilder;
import io.trellisdb.common.batch.VectorBuilder;
import io.trellisdb.common.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its literals taken out: the template that stands for all statements that differ only in them, and the
 * literals as rows of parameters. INSERT … VALUES has one row per tuple, other statements one.
 */
public final class StatementText {
    /** Longer texts are the parser's business, which refuses them. */
    private static final int TEXT_LENGTH_MAX = 1 << 20;

    private final Tokens tokens;
    private final String template;
    private final int[] cells;
    private final int width;
    private final boolean insert;

    private StatementText(Tokens tokens, String template, int[] cells, int width, boolean insert) {
        this.tokens = tokens;
        this.template = template;
        this.cells = cells;
        this.width = width;
        this.insert = insert;
    }

    /** Reads a text; empty when it has no literals to take out, has parameters of its own, or is not understood. */
    public static Optional<StatementText> read(String sql) {
        if (sql.length() > TEXT_LENGTH_MAX) {
            return Optional.empty();
        }
        Optional<Tokens> read = Tokens.of(sql);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Tokens tokens = read.get();
        if (tokens.isWord(0, "insert") || tokens.isWord(0, "upsert")) {
            return InsertText.read(tokens)
                    .map(text -> new StatementText(tokens, text.template(), text.cells(), text.width(), true));
        }
        if (tokens.isWord(0, "select") || tokens.isWord(0, "update") || tokens.isWord(0, "delete")) {
            return ComparisonText.read(tokens)
                    .map(text -> new StatementText(tokens, text.template(), text.cells(), text.cells().length, false));
        }
        return Optional.empty();
    }

    /** SQL with {@code ?} for each literal taken out of one row. */
    public String template() {
        return template;
    }

    /** The literals of a row. */
    public int width() {
        return width;
    }

    public int rowCount() {
        return cells.length / width;
    }

    /** Whether this is INSERT … VALUES, whose literals are converted by assignment. */
    public boolean isInsert() {
        return insert;
    }

    /** Converts what this package cannot: a literal of the natural type to the column's type, by assignment. */
    @FunctionalInterface
    public interface Conversion {
        @Nullable
        Object convert(Object value, DataType from, DataType to);
    }

    /**
     * The literals as parameters of these types, in batches of at most {@link Batch#MAX_ROWS} rows.
     *
     * @param conversion for INSERT, for literals that need more than reading
     * @return empty when a literal does not belong to its type exactly, so that the text must be planned as it stands
     * @throws io.trellisdb.common.error.TrellisException for INSERT, when a value does not fit its column
     */
    public Optional<List<Batch>> parameters(List<DataType> types, Conversion conversion) {
        if (types.size() != width) {
            return Optional.empty();
        }
        List<Batch> batches = new ArrayList<>();
        int rows = rowCount();
        BatchBuilder builder = new BatchBuilder(types, Math.min(rows, Batch.MAX_ROWS));
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < width; i++) {
                if (!append(builder.column(i), cells[row * width + i], types.get(i), conversion)) {
                    return Optional.empty();
                }
            }
            if (builder.isFull()) {
                batches.add(builder.build());
            }
        }
        if (!builder.isEmpty()) {
            batches.add(builder.build());
        }
        return Optional.of(batches);
    }

    private boolean append(VectorBuilder out, int cell, DataType type, Conversion conversion) {
        if (Literals.append(out, tokens, cell, type, insert)) {
            return true;
        }
        if (!insert) {
            return false;
        }
        Literals.@Nullable Natural natural = Literals.natural(tokens, cell);
        if (natural == null) {
            return false;
        }
        out.append(conversion.convert(natural.value(), natural.type(), type));
        return true;
    }
}
