package io.attested.sms.bench.follow;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** Time and memory from one moment to another. */
final class Meter {
    private final NodeProcess node;
    private final long started = System.nanoTime();
    private final long cpu = cpuNanos();
    private final double nodeCpu;

    private Meter(NodeProcess node) {
        this.node = node;
        this.nodeCpu = node.cpuSeconds();
    }

    static Meter start(NodeProcess node) {
        heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
        return new Meter(node);
    }

    FollowReport.Phase phase(String name, long blocks) {
        double seconds = (System.nanoTime() - started) / 1e9;
        double cpuSeconds = (cpuNanos() - cpu) / 1e9;
        double nodeSeconds = node.cpuSeconds() - nodeCpu;
        long peak = heapPools().stream()
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new FollowReport.Phase(name, blocks, seconds, cpuSeconds, nodeSeconds, heap, peak);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static List<MemoryPoolMXBean> heapPools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }
}
