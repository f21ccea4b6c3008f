package io.trellisdb.sql.operator;

import io.trellisdb.sql.plan.Gather;
import io.trellisdb.sql.plan.PlanNode;
import io.trellisdb.sql.plan.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which fragments a Gather starts. */
final class Fragments {
    private Fragments() {}

    /** One fragment per owner of the partitions that the plan's scans read. */
    static List<Fragment> perOwner(Gather gather, Execution execution) {
        Map<Integer, List<Integer>> byOwner = new TreeMap<>();
        for (int partition : partitions(gather, execution)) {
            int owner =
                    execution.query().services().partitionTable().row(partition).owner();
            byOwner.computeIfAbsent(owner, id -> new ArrayList<>()).add(partition);
        }
        List<Fragment> fragments = new ArrayList<>();
        for (List<Integer> partitions : byOwner.values()) {
            fragments.add(new Fragment(
                    gather.input(), partitions, execution.evaluation().outerRows()));
        }
        return fragments;
    }

    /** One fragment per partition, each of which keeps its own order. */
    static List<Fragment> perPartition(Gather gather, Execution execution) {
        List<Fragment> fragments = new ArrayList<>();
        for (int partition : partitions(gather, execution)) {
            fragments.add(new Fragment(
                    gather.input(), List.of(partition), execution.evaluation().outerRows()));
        }
        return fragments;
    }

    private static Set<Integer> partitions(Gather gather, Execution execution) {
        Set<Integer> partitions = new TreeSet<>();
        collect(gather.input(), execution, partitions);
        if (partitions.isEmpty()) {
            // a NULL key names no partition, yet COUNT over no rows has a result
            partitions.add(0);
        }
        return partitions;
    }

    private static void collect(PlanNode plan, Execution execution, Set<Integer> partitions) {
        if (plan instanceof Scan scan) {
            partitions.addAll(ScanBounds.partitions(scan, execution.query(), execution.evaluation()));
        }
        for (PlanNode input : plan.inputs()) {
            collect(input, execution, partitions);
        }
    }
}
