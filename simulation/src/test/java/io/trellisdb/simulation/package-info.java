/**
 * Replica groups in one thread on virtual time: the roles of {@code replication.role} as they are, and simulated networks,
 * disks, clocks, clients and masters around them. Every choice comes from the seed of the run, each concern drawing from a
 * sequence of its own, so that a seed repeats its run exactly.
 *
 * <p>{@link io.trellisdb.simulation.Simulation} runs one seed: {@link io.trellisdb.simulation.Nemesis} hurts the cluster,
 * {@link io.trellisdb.simulation.Invariants} are asked after every event, then everything heals and the cluster must come back
 * by itself. {@link io.trellisdb.simulation.Coverage} counts what has happened at all. {@link
 * io.trellisdb.simulation.Mutation} breaks one rule at a time to prove that the simulation would see it.
 *
 * <p>The master is a model here: its register is linearizable by construction, its processes come and go. Containers are a map.
 */
@NullMarked
package io.trellisdb.simulation;

import org.jspecify.annotations.NullMarked;
