package io.trellisdb.sql.kernel;

import java.util.List;
import java.util.function.IntPredicate;

/** The characters that one place of a regular expression accepts. */
record RegexSet(List<IntPredicate> members, boolean negated) {
    static final RegexSet NONE = new RegexSet(List.of(), false);
    static final RegexSet WORD = new RegexSet(List.of(c -> c == '_' || Character.isLetterOrDigit(c)), false);
    static final RegexSet DIGIT = new RegexSet(List.of(Character::isDigit), false);
    static final RegexSet SPACE = new RegexSet(List.of(Character::isWhitespace), false);

    boolean contains(int character) {
        for (IntPredicate member : members) {
            if (member.test(character)) {
                return !negated;
            }
        }
        return negated;
    }

    RegexSet inverted() {
        return new RegexSet(members, !negated);
    }

    /** The POSIX class of a name such as {@code alpha}; {@link #NONE} when there is none. */
    static RegexSet named(String name) {
        IntPredicate member =
                switch (name) {
                    case "alpha" -> Character::isLetter;
                    case "digit" -> Character::isDigit;
                    case "alnum" -> Character::isLetterOrDigit;
                    case "upper" -> Character::isUpperCase;
                    case "lower" -> Character::isLowerCase;
                    case "space" -> Character::isWhitespace;
                    case "blank" -> c -> c == ' ' || c == '\t';
                    case "punct" -> c -> c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
                    case "cntrl" -> Character::isISOControl;
                    case "print" -> c -> !Character.isISOControl(c);
                    case "graph" -> c -> !Character.isISOControl(c) && !Character.isWhitespace(c);
                    case "xdigit" -> c -> c < 128 && Character.digit(c, 16) >= 0;
                    default -> c -> false;
                };
        boolean known =
                switch (name) {
                    case "alpha",
                            "digit",
                            "alnum",
                            "upper",
                            "lower",
                            "space",
                            "blank",
                            "punct",
                            "cntrl",
                            "print",
                            "graph",
                            "xdigit" -> true;
                    default -> false;
                };
        return known ? new RegexSet(List.of(member), false) : NONE;
    }
}
