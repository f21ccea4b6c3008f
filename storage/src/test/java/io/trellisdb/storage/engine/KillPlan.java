package io.trellisdb.storage.engine;

import java.util.Random;

/**
 * When a child is killed: after it has said something so many times, and then some time later.
 *
 * @param word what it must begin to say
 * @param times how often
 * @param thenMicros the time after that
 */
record KillPlan(String word, int times, long thenMicros) {
    static KillPlan random(Random random) {
        int choice = random.nextInt(100);
        if (choice < 25) {
            return new KillPlan("ack", 1 + random.nextInt(300), random.nextInt(3000));
        }
        if (choice < 45) {
            return new KillPlan("ack", 1 + random.nextInt(30), random.nextInt(1000));
        }
        if (choice < 60) {
            return new KillPlan("opening", 1, random.nextInt(500_000));
        }
        if (choice < 70) {
            return new KillPlan("open", 1, random.nextInt(20_000));
        }
        if (choice < 88) {
            return new KillPlan("checkpoint", 1 + random.nextInt(4), random.nextInt(30_000));
        }
        return new KillPlan("closing", 1, random.nextInt(150_000));
    }

    /** Returns when the child is gone, at the latest when it has ended by itself. */
    void run(ChildProcess child) throws Exception {
        child.hear(word, times);
        child.killAfterMicros(thenMicros);
    }
}
