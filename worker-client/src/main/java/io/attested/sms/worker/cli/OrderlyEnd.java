package io.attested.sms.worker.cli;

import io.attested.sms.worker.boot.BootOutcome;
import io.attested.sms.worker.boot.BootStage;
import io.attested.sms.worker.boot.TaskOrder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When this process is told to end, the application is stopped and private memory wiped first. */
final class OrderlyEnd {
    private static final long WIPE_SECONDS = 10;

    private OrderlyEnd() {}

    static BootOutcome run(BootStage stage, TaskOrder order) {
        Thread runner = Thread.currentThread();
        CountDownLatch wiped = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            runner.interrupt();
            awaitQuietly(wiped);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return stage.run(order);
        } finally {
            wiped.countDown();
            removeQuietly(hook);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(WIPE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("sms: private memory was not wiped in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeQuietly(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is what ended the run.
        }
    }
}
