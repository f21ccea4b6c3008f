package io.trellisdb.sql.kernel;

import io.trellisdb.common.error.ErrorCode;
import io.trellisdb.common.error.TrellisException;
import io.trellisdb.sql.kernel.RegexProgram.Code;
import io.trellisdb.sql.kernel.RegexProgram.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Reads regular expressions: {@code . | ( ) (?: ) [ ] * + ? {m,n}} with their lazy forms, {@code ^ $ \b}, the classes
 * {@code \d \w \s} and {@code [:alpha:]}. What cannot be matched in linear time (back references, look-around) is refused.
 */
final class RegexCompiler {
    /** Repetitions are written out, so that their product must be bounded. */
    private static final int MAX_INSTRUCTIONS = 10_000;

    private static final int MAX_DEPTH = 200;

    private final int[] pattern;
    private final String text;
    private final List<Instruction> program = new ArrayList<>();
    private int at;
    private int groups;
    private int depth;

    private RegexCompiler(String text) {
        this.text = text;
        this.pattern = text.codePoints().toArray();
    }

    /** @param whole whether the expression must match whole texts */
    static RegexProgram compile(String text, boolean ignoreCase, boolean whole) {
        RegexCompiler compiler = new RegexCompiler(text);
        compiler.emit(Code.SAVE, 0, 0);
        if (whole) {
            compiler.emit(Code.TEXT_START, 0, 0);
        }
        compiler.alternatives();
        if (compiler.at < compiler.pattern.length) {
            throw compiler.invalid("unexpected )");
        }
        if (whole) {
            compiler.emit(Code.TEXT_END, 0, 0);
        }
        compiler.emit(Code.SAVE, 1, 0);
        compiler.emit(Code.MATCH, 0, 0);
        return new RegexProgram(compiler.program, compiler.groups, ignoreCase);
    }

    private TrellisException invalid(String reason) {
        return new TrellisException(
                ErrorCode.INVALID_REGULAR_EXPRESSION,
                "regular expression is invalid: " + reason + " in '" + text + "'");
    }

    private int emit(Code code, int a, int b) {
        return emit(new Instruction(code, a, b, RegexSet.NONE));
    }

    private int emit(Instruction instruction) {
        if (program.size() >= MAX_INSTRUCTIONS) {
            throw invalid("more than " + MAX_INSTRUCTIONS + " steps");
        }
        program.add(instruction);
        return program.size() - 1;
    }

    private boolean hasMore() {
        return at < pattern.length;
    }

    private boolean accept(int character) {
        if (hasMore() && pattern[at] == character) {
            at++;
            return true;
        }
        return false;
    }

    private void alternatives() {
        if (++depth > MAX_DEPTH) {
            throw invalid("more than " + MAX_DEPTH + " nested groups");
        }
        List<Integer> ends = new ArrayList<>();
        int start = program.size();
        sequence();
        while (accept('|')) {
            // the branch so far is moved behind a split that prefers it
            insert(start, new Instruction(Code.SPLIT, start + 1, program.size() + 2, RegexSet.NONE));
            ends.add(emit(Code.JUMP, 0, 0));
            start = program.size();
            sequence();
        }
        for (int end : ends) {
            program.set(end, new Instruction(Code.JUMP, program.size(), 0, RegexSet.NONE));
        }
        depth--;
    }

    private void sequence() {
        while (hasMore() && pattern[at] != '|' && pattern[at] != ')') {
            int start = program.size();
            atom();
            repetition(start);
        }
    }

    private void atom() {
        int character = pattern[at++];
        switch (character) {
            case '.' -> emit(Code.ANY, 0, 0);
            case '^' -> emit(Code.TEXT_START, 0, 0);
            case '$' -> emit(Code.TEXT_END, 0, 0);
            case '(' -> group();
            case '[' -> emit(new Instruction(Code.SET, 0, 0, set()));
            case '\\' -> escape();
            case '*', '+', '?' -> throw invalid("nothing to repeat");
            default -> emit(Code.CHARACTER, character, 0);
        }
    }

    private void group() {
        boolean captures = true;
        if (accept('?')) {
            if (!accept(':')) {
                throw invalid("look-around is not supported");
            }
            captures = false;
        }
        int number = captures ? ++groups : 0;
        if (captures) {
            emit(Code.SAVE, 2 * number, 0);
        }
        alternatives();
        if (!accept(')')) {
            throw invalid("missing )");
        }
        if (captures) {
            emit(Code.SAVE, 2 * number + 1, 0);
        }
    }

    private void escape() {
        if (!hasMore()) {
            throw invalid("ends with \\");
        }
        int character = pattern[at++];
        switch (character) {
            case 'd', 'D', 'w', 'W', 's', 'S' -> emit(new Instruction(Code.SET, 0, 0, escapedSet(character)));
            case 'b', 'y' -> emit(Code.WORD_BORDER, 0, 0);
            case 'A' -> emit(Code.TEXT_START, 0, 0);
            case 'Z' -> emit(Code.TEXT_END, 0, 0);
            default -> {
                if (character >= '1' && character <= '9') {
                    throw invalid("back references are not supported");
                }
                emit(Code.CHARACTER, escapedCharacter(character), 0);
            }
        }
    }

    private int escapedCharacter(int character) {
        return switch (character) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            default -> {
                if (character < 128 && Character.isLetter(character)) {
                    throw invalid("unknown escape \\" + Character.toString(character));
                }
                yield character;
            }
        };
    }

    private static RegexSet escapedSet(int character) {
        RegexSet set =
                switch (Character.toLowerCase(character)) {
                    case 'd' -> RegexSet.DIGIT;
                    case 'w' -> RegexSet.WORD;
                    default -> RegexSet.SPACE;
                };
        return Character.isUpperCase(character) ? set.inverted() : set;
    }

    private RegexSet set() {
        boolean negated = accept('^');
        List<IntPredicate> members = new ArrayList<>();
        boolean first = true;
        while (first || !accept(']')) {
            first = false;
            if (!hasMore()) {
                throw invalid("missing ]");
            }
            int low = pattern[at++];
            if (low == '[' && accept(':')) {
                members.add(namedClass()::contains);
                continue;
            }
            if (low == '\\') {
                int escaped = hasMore() ? pattern[at++] : 'z' + 1;
                if ("dDwWsS".indexOf(escaped) >= 0) {
                    members.add(escapedSet(escaped)::contains);
                    continue;
                }
                low = escapedCharacter(escaped);
            }
            members.add(range(low));
        }
        return new RegexSet(List.copyOf(members), negated);
    }

    private RegexSet namedClass() {
        StringBuilder name = new StringBuilder();
        while (hasMore() && pattern[at] != ':') {
            name.appendCodePoint(pattern[at++]);
        }
        RegexSet named = RegexSet.named(name.toString());
        if (!accept(':') || !accept(']') || named.equals(RegexSet.NONE)) {
            throw invalid("unknown class [:" + name + ":]");
        }
        return named;
    }

    private IntPredicate range(int low) {
        boolean isRange = at + 1 < pattern.length && pattern[at] == '-' && pattern[at + 1] != ']';
        if (!isRange) {
            return c -> c == low;
        }
        at++;
        int end = pattern[at++];
        int high = end == '\\' && hasMore() ? escapedCharacter(pattern[at++]) : end;
        if (high < low) {
            throw invalid("range is empty");
        }
        return c -> c >= low && c <= high;
    }

    private void repetition(int start) {
        while (hasMore()) {
            int least;
            int most;
            if (accept('*')) {
                least = 0;
                most = -1;
            } else if (accept('+')) {
                least = 1;
                most = -1;
            } else if (accept('?')) {
                least = 0;
                most = 1;
            } else if (pattern[at] == '{' && at + 1 < pattern.length && Character.isDigit(pattern[at + 1])) {
                at++;
                least = number();
                most = accept(',') ? (hasMore() && pattern[at] != '}' ? number() : -1) : least;
                if (!accept('}') || most >= 0 && most < least) {
                    throw invalid("repetition is malformed");
                }
            } else {
                return;
            }
            boolean lazy = accept('?');
            repeat(start, least, most, lazy);
        }
    }

    private int number() {
        int value = 0;
        while (hasMore() && pattern[at] >= '0' && pattern[at] <= '9') {
            value = value * 10 + pattern[at++] - '0';
            if (value > MAX_INSTRUCTIONS) {
                throw invalid("repetition is too large");
            }
        }
        return value;
    }

    /** Writes the steps from {@code start} on as often as wanted. */
    private void repeat(int start, int least, int most, boolean lazy) {
        List<Instruction> body = new ArrayList<>(program.subList(start, program.size()));
        while (program.size() > start) {
            program.remove(program.size() - 1);
        }
        for (int i = 0; i < least; i++) {
            copy(body, start);
        }
        if (most < 0) {
            int loop = program.size();
            int split = emit(Code.SPLIT, 0, 0);
            copy(body, start);
            emit(Code.JUMP, loop, 0);
            program.set(split, split(loop + 1, program.size(), lazy));
            return;
        }
        List<Integer> splits = new ArrayList<>();
        for (int i = least; i < most; i++) {
            splits.add(emit(Code.SPLIT, 0, 0));
            copy(body, start);
        }
        for (int split : splits) {
            program.set(split, split(split + 1, program.size(), lazy));
        }
    }

    private static Instruction split(int inside, int outside, boolean lazy) {
        return lazy
                ? new Instruction(Code.SPLIT, outside, inside, RegexSet.NONE)
                : new Instruction(Code.SPLIT, inside, outside, RegexSet.NONE);
    }

    private void copy(List<Instruction> body, int from) {
        int moved = program.size() - from;
        for (Instruction instruction : body) {
            emit(moved(instruction, moved));
        }
    }

    private static Instruction moved(Instruction instruction, int by) {
        return switch (instruction.code()) {
            case JUMP -> new Instruction(Code.JUMP, instruction.a() + by, 0, RegexSet.NONE);
            case SPLIT -> new Instruction(Code.SPLIT, instruction.a() + by, instruction.b() + by, RegexSet.NONE);
            default -> instruction;
        };
    }

    /** Puts a step before others, whose targets move with them. */
    private void insert(int place, Instruction instruction) {
        emit(Code.JUMP, 0, 0);
        for (int i = program.size() - 1; i > place; i--) {
            program.set(i, moved(program.get(i - 1), 1));
        }
        program.set(place, instruction);
    }
}
