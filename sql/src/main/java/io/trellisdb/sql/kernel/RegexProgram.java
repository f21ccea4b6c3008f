package io.trellisdb.sql.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A compiled regular expression, run over all its alternatives at once (Thompson 1968, with the captures of Pike's virtual
 * machine): time is at most text length times program length, whatever the pattern. Of several matches the leftmost counts,
 * then the one whose earlier alternatives and greedier repetitions matched.
 */
final class RegexProgram {
    /** What an instruction does; consuming ones move one character on. */
    enum Code {
        CHARACTER,
        ANY,
        SET,
        SPLIT,
        JUMP,
        SAVE,
        TEXT_START,
        TEXT_END,
        WORD_BORDER,
        MATCH
    }

    /**
     * One step.
     *
     * @param a the character, slot or first target
     * @param b the second target of SPLIT
     */
    record Instruction(Code code, int a, int b, RegexSet set) {}

    private final Instruction[] instructions;
    private final int slots;
    private final boolean ignoreCase;

    RegexProgram(List<Instruction> instructions, int groups, boolean ignoreCase) {
        this.instructions = instructions.toArray(new Instruction[0]);
        this.slots = 2 * (groups + 1);
        this.ignoreCase = ignoreCase;
    }

    /** How many groups of parentheses capture. */
    int groups() {
        return slots / 2 - 1;
    }

    /** Threads in the order of their preference, each with its captures; an instruction is there at most once. */
    private static final class Threads {
        private final List<int[]> captures = new ArrayList<>();
        private final int[] steps;
        private final int[] marks;
        private int generation;
        private int count;

        Threads(int size) {
            steps = new int[size];
            marks = new int[size];
        }

        void clear() {
            captures.clear();
            generation++;
            count = 0;
        }

        boolean mark(int step) {
            if (marks[step] == generation) {
                return false;
            }
            marks[step] = generation;
            return true;
        }

        void add(int step, int[] slots) {
            steps[count++] = step;
            captures.add(slots);
        }
    }

    /**
     * Finds a match that begins at or after {@code from}.
     *
     * @return begin and end of the match and of each group (−1 where a group took no part), or an empty array
     */
    int[] find(int[] text, int from) {
        Threads current = new Threads(instructions.length);
        Threads next = new Threads(instructions.length);
        current.clear();
        next.clear();
        current.generation = 1;
        next.generation = 1;
        int[] best = new int[0];
        for (int at = from; at <= text.length; at++) {
            if (best.length == 0) {
                int[] fresh = new int[slots];
                Arrays.fill(fresh, -1);
                follow(current, 0, text, at, fresh);
            }
            if (current.count == 0) {
                break;
            }
            next.clear();
            for (int i = 0; i < current.count; i++) {
                Instruction step = instructions[current.steps[i]];
                if (step.code() == Code.MATCH) {
                    best = current.captures.get(i);
                    // threads behind this one are less preferred
                    break;
                }
                if (at < text.length && accepts(step, text[at])) {
                    follow(next, current.steps[i] + 1, text, at + 1, current.captures.get(i));
                }
            }
            Threads swapped = current;
            current = next;
            next = swapped;
        }
        return best;
    }

    private boolean accepts(Instruction step, int character) {
        return switch (step.code()) {
            case CHARACTER -> step.a() == character || ignoreCase && fold(step.a()) == fold(character);
            case ANY -> true;
            case SET ->
                step.set().contains(character)
                        || ignoreCase
                                && (step.set().contains(Character.toLowerCase(character))
                                        || step.set().contains(Character.toUpperCase(character)));
            default -> false;
        };
    }

    private static int fold(int character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }

    /** A step whose thread is to be followed with these captures. */
    private record Pending(int step, int[] captures) {}

    /** Adds the consuming steps that are reached from a step, without recursion. */
    private void follow(Threads threads, int start, int[] text, int at, int[] captures) {
        List<Pending> stack = new ArrayList<>();
        stack.add(new Pending(start, captures));
        while (!stack.isEmpty()) {
            Pending pending = stack.remove(stack.size() - 1);
            int step = pending.step();
            if (!threads.mark(step)) {
                continue;
            }
            Instruction instruction = instructions[step];
            switch (instruction.code()) {
                case JUMP -> stack.add(new Pending(instruction.a(), pending.captures()));
                case SPLIT -> {
                    stack.add(new Pending(instruction.b(), pending.captures()));
                    stack.add(new Pending(instruction.a(), pending.captures()));
                }
                case SAVE -> {
                    int[] changed = pending.captures().clone();
                    changed[instruction.a()] = at;
                    stack.add(new Pending(step + 1, changed));
                }
                case TEXT_START, TEXT_END, WORD_BORDER -> {
                    if (holds(instruction.code(), text, at)) {
                        stack.add(new Pending(step + 1, pending.captures()));
                    }
                }
                default -> threads.add(step, pending.captures());
            }
        }
    }

    private static boolean holds(Code code, int[] text, int at) {
        return switch (code) {
            case TEXT_START -> at == 0;
            case TEXT_END -> at == text.length;
            default ->
                (at > 0 && RegexSet.WORD.contains(text[at - 1]))
                        != (at < text.length && RegexSet.WORD.contains(text[at]));
        };
    }
}
