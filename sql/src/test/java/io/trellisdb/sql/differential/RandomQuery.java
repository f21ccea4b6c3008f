package io.trellisdb.sql.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes queries whose conditions mix comparisons, lists, ranges, NULL tests and subqueries. */
final class RandomQuery {
    private static final int DEPTH_MAX = 3;

    private final Random random;

    RandomQuery(Random random) {
        this.random = random;
    }

    String next() {
        return switch (random.nextInt(13)) {
            case 0 -> "select id from nums n where " + condition(DEPTH_MAX);
            case 1 ->
                "select n.id, e.id from nums n join emp e on n.a = e.dept_id and " + condition(1) + " where "
                        + condition(2);
            case 2 ->
                "select n.id, e.id from nums n left join emp e on n.id = e.id and " + condition(1) + " where "
                        + condition(2);
            case 3 ->
                "select a, count(*), sum(d), min(t), max(s) from nums n where " + condition(2) + " group by a having "
                        + pick("count(*) > 1", "sum(d) > 0", "min(id) < 20 or max(id) > 40", "a is null");
            case 4 -> "select id, " + number(2) + ", " + condition(2) + " from nums n";
            case 5 ->
                "ordered: select id, a from nums n where " + condition(2) + " order by "
                        + pick("a, id", "a desc, id desc", "s nulls first, id", "id desc", "d desc nulls last, id")
                        + " limit "
                        + (1 + random.nextInt(20)) + pick("", " offset 3");
            default ->
                "select id, sum(a) over (partition by " + pick("f", "s", "a") + " order by id rows between "
                        + random.nextInt(4) + " preceding and " + random.nextInt(3) + " following) from nums n where "
                        + condition(2);
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String condition(int depth) {
        if (depth == 0) {
            return simple();
        }
        return switch (random.nextInt(6)) {
            case 0, 1 -> "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
            case 2, 3 -> "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
            case 4 -> "not (" + condition(depth - 1) + ")";
            default -> simple();
        };
    }

    private String simple() {
        String not = pick("", "not ");
        return switch (random.nextInt(14)) {
            case 0 -> "n.a " + comparison() + " " + small();
            case 1 -> "n.id " + comparison() + " " + random.nextInt(55);
            case 2 -> "n.d " + comparison() + " " + small() + pick("", ".5");
            case 3 -> "n.a " + not + "in (" + list() + ")";
            case 4 -> "n.id " + not + "between " + random.nextInt(30) + " and " + (20 + random.nextInt(30));
            case 5 -> "n." + pick("a", "b", "d", "t", "f", "s") + " is " + not + "null";
            case 6 -> "n.s " + not + "like " + pick("'a%'", "'%o'", "'_a_'", "'%'", "'gus'");
            case 7 -> "n.s " + comparison() + " " + pick("'dan'", "'eve'", "'Z'", "''");
            case 8 -> pick("n.f", "not n.f", "n.f is true", "n.f is not false", "n.f = true");
            case 9 -> "n.t " + comparison() + " timestamp '2020-02-28 12:0" + random.nextInt(10) + ":00'";
            case 10 -> number(1) + " " + comparison() + " " + number(1);
            case 11 ->
                "n.a " + not + "in (select dept_id from emp where salary > " + random.nextInt(4000)
                        + pick(")", " and dept_id is not null)");
            case 12 ->
                not + "exists (select 1 from emp x where x.dept_id = n.a and x.salary " + comparison() + " "
                        + random.nextInt(3000) + ")";
            default -> "n.a is " + not + "distinct from " + small();
        };
    }

    private String comparison() {
        return pick("=", "<>", "<", "<=", ">", ">=");
    }

    private String small() {
        return Integer.toString(random.nextInt(10) - 3);
    }

    private String list() {
        List<String> values = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            values.add(random.nextInt(12) == 0 ? "null" : small());
        }
        return String.join(", ", values);
    }

    private String number(int depth) {
        if (depth == 0) {
            return pick("n.a", "n.id", "n.d", small());
        }
        return switch (random.nextInt(6)) {
            case 0 -> "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
            case 1 -> "(" + number(depth - 1) + " - " + number(depth - 1) + ")";
            case 2 -> "(" + number(depth - 1) + " * 2)";
            case 3 -> "coalesce(n.a, " + small() + ")";
            case 4 -> "case when " + simple() + " then " + number(depth - 1) + " else " + small() + " end";
            default -> number(0);
        };
    }
}
