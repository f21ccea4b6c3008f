package io.trellisdb.bench.data;

import java.util.List;

/** The columns of the table {@code cpu}, and what stands in its text columns. */
public final class Cpu {
    /** Columns of type double. */
    public static final int VALUES = 10;

    /** Their names in the order of the values. */
    public static final List<String> VALUE_COLUMNS = List.of(
            "usage_user",
            "usage_system",
            "usage_idle",
            "usage_nice",
            "usage_iowait",
            "usage_irq",
            "usage_softirq",
            "usage_steal",
            "usage_guest",
            "usage_guest_nice");

    private static final List<String> REGIONS = List.of(
            "us-east-1",
            "us-west-1",
            "us-west-2",
            "eu-west-1",
            "eu-central-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-northeast-1",
            "sa-east-1");

    private final String[] names;

    public Cpu(int hosts) {
        this.names = new String[hosts];
        for (int host = 0; host < hosts; host++) {
            names[host] = "host_" + host;
        }
    }

    public String host(int number) {
        return names[number];
    }

    public static String region(int host) {
        return REGIONS.get(host % REGIONS.size());
    }
}
