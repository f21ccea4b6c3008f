package io.trellisdb.bench.side;

import io.trellisdb.bench.data.Shape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks one kind of question: first to compare the answers, which also warms the system up, then against the clock. */
final class QueryTimer {
    /** Questions whose answers are compared in each form before anything is timed. */
    private static final int COMPARED = 5;

    private static final int COMPARED_ROUNDS = 2;

    static final int FEWEST_RUNS = 30;

    private static final int MOST_RUNS = 500;
    private static final long SEED_OF_COMPARED = 11;
    private static final long SEED_OF_TIMED = 12;

    /** After this time, a quick query has been run often enough. */
    private static final long ENOUGH_NANOS = 1_500_000_000L;

    /** After this time, a slow query has been run often enough although it is fewer times than {@link #FEWEST_RUNS}. */
    private static final long SLOW_NANOS = 8_000_000_000L;

    /** After this time, a slow query's answers have been compared often enough. */
    private static final long COMPARED_NANOS = 3_000_000_000L;

    private static final int TIMEOUT_SECONDS = 120;
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private final CpuQuery query;
    private final Dialect dialect;
    private final Shape shape;

    QueryTimer(CpuQuery query, Dialect dialect, Shape shape) {
        this.query = query;
        this.dialect = dialect;
        this.shape = shape;
    }

    /** Whether values stand in the text or are parameters. */
    enum Form {
        LITERAL,
        PREPARED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private interface Reader<T> {
        T read(ResultSet result) throws SQLException;
    }

    /** The answers to the questions that are compared. */
    List<Answer> answers(Connection connection) throws SQLException {
        Questions draw = new Questions(shape, SEED_OF_COMPARED);
        List<Answer> answers = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < COMPARED; i++) {
                answers.add(run(statement, query.ask(dialect, draw).literal(dialect), Answer::read));
            }
        }
        return answers;
    }

    /**
     * The first difference from the expected answers, or nothing. Asks twice, because drivers change to statements that are
     * prepared in the server after a few runs.
     */
    Optional<String> difference(Connection connection, List<Answer> expected, Form form) throws SQLException {
        long begin = System.nanoTime();
        try (Statement plain = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(sql())) {
            plain.setQueryTimeout(TIMEOUT_SECONDS);
            prepared.setQueryTimeout(TIMEOUT_SECONDS);
            for (int round = 0; round < COMPARED_ROUNDS; round++) {
                Questions draw = new Questions(shape, SEED_OF_COMPARED);
                for (Answer right : expected) {
                    Question question = query.ask(dialect, draw);
                    Answer answer = form == Form.PREPARED
                            ? run(prepared, question, Answer::read)
                            : run(plain, question.literal(dialect), Answer::read);
                    Optional<String> difference = answer.differenceTo(right);
                    if (difference.isPresent()) {
                        return difference.map(what -> what + " for " + question.literal(dialect));
                    }
                    if (System.nanoTime() - begin > COMPARED_NANOS) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** The statement with its parameters, the same for all questions. */
    private String sql() {
        return query.ask(dialect, new Questions(shape, SEED_OF_TIMED)).sql();
    }

    private static <T> T run(PreparedStatement statement, Question question, Reader<T> reader) throws SQLException {
        question.bind(statement);
        try (ResultSet result = statement.executeQuery()) {
            return reader.read(result);
        }
    }

    private static <T> T run(Statement statement, String sql, Reader<T> reader) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            return reader.read(result);
        }
    }

    /** Times of many runs, every value of every row read. */
    QueryTimes time(Connection connection, Form form) throws SQLException {
        Questions draw = new Questions(shape, SEED_OF_TIMED);
        List<Double> millis = new ArrayList<>();
        long begin = System.nanoTime();
        try (Statement plain = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(sql())) {
            plain.setQueryTimeout(TIMEOUT_SECONDS);
            prepared.setQueryTimeout(TIMEOUT_SECONDS);
            while (!isEnough(millis.size(), System.nanoTime() - begin)) {
                Question question = query.ask(dialect, draw);
                String literal = question.literal(dialect);
                long start = System.nanoTime();
                double sum = form == Form.PREPARED
                        ? run(prepared, question, Answer::drain)
                        : run(plain, literal, Answer::drain);
                millis.add((System.nanoTime() - start) / NANOS_PER_MILLISECOND);
                if (Double.isNaN(sum)) {
                    throw new IllegalStateException("an answer holds a value that is no number: " + query);
                }
            }
        }
        return QueryTimes.of(millis);
    }

    private static boolean isEnough(int runs, long nanos) {
        return runs >= MOST_RUNS || nanos > SLOW_NANOS && runs > 0 || runs >= FEWEST_RUNS && nanos > ENOUGH_NANOS;
    }
}
