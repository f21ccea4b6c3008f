package io.trellisdb.sql.parser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trellisdb.common.error.TrellisException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.junit.jupiter.api.Test;

/** Every keyword that PostgreSQL does not reserve names tables and columns; exceptions are listed with their reason. */
final class NamesTest {
    private static final Pattern EXCEPTION = Pattern.compile("(\\w+) in (.+): (.+)");

    private static final List<String> PLACES = List.of(
            "create table t (? int)",
            "create table t (? timestamp(3) not null, primary key (?))",
            "create table ? (a int)",
            "create index i on t (?)",
            "drop table if exists ?",
            "alter table t add column ? int",
            "alter table t drop column ?",
            "alter table t rename column ? to b",
            "select ? from t",
            "select 1 as ?",
            "select ?, t.? from t where ? = 1 and ? between 1 and 2 group by ? order by ? desc",
            "select max(?) from ?",
            "select x from t where (? + 1) * 2 > ?",
            "select x from t where ? is null or ? in (1, 2)",
            "select x from t where not ? and not ? in (1)",
            "select case when ? then ? else ? end from t",
            "select a.? from ? as a join b on a.? = b.?",
            "insert into t (a, ?) values (1, 2)",
            "update t set ? = ? + 1 where ? = 1",
            "delete from ? where ? < 3",
            "with ? as (select 1) select 1");

    @Test
    void wordsThatPostgresqlDoesNotReserveAreNames() throws IOException {
        Set<String> reserved = new TreeSet<>(lines("postgresql-reserved.txt"));
        TreeMap<String, String> refused = new TreeMap<>();
        int words = 0;
        for (String word : keywords()) {
            if (reserved.contains(word)) {
                continue;
            }
            words++;
            for (String place : PLACES) {
                if (!parses(place.replace("?", word))) {
                    refused.put(word + " in " + place, word);
                }
            }
        }

        assertEquals(exceptions(), refused.keySet());
        assertTrue(words > 600, () -> "few keywords were found");
    }

    private static Set<String> exceptions() throws IOException {
        Set<String> exceptions = new TreeSet<>();
        for (String line : lines("cannot-be-names.txt")) {
            Matcher matcher = EXCEPTION.matcher(line);
            assertTrue(matcher.matches(), () -> "an exception is: word in statement: reason, not " + line);
            exceptions.add(matcher.group(1) + " in " + matcher.group(2));
        }
        return exceptions;
    }

    private static boolean parses(String sql) {
        try {
            SqlSyntax.parseStatement(sql);
            return true;
        } catch (TrellisException e) {
            return false;
        }
    }

    private static List<String> keywords() {
        SqlAbstractParserImpl.Metadata metadata =
                GeneratedParser.FACTORY.getParser(new StringReader("")).getMetadata();
        List<String> words = new ArrayList<>();
        for (String token : metadata.getTokens()) {
            if (token.matches("\\w+") && metadata.isKeyword(token) && !token.equals("LOCKING_FOR")) {
                words.add(token.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    private static List<String> lines(String resource) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                NamesTest.class.getResourceAsStream("/words/" + resource), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
