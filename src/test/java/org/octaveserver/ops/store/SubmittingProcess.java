package org.octaveserver.ops.store;

import java.nio.file.Path;

/** Submits jobs until it is killed, and says of each when it is told that it is on disk. */
final class SubmittingProcess {
    private SubmittingProcess() {}

    /** Its arguments: the directory of jobs, and the URL of the database if it is not embedded. */
    public static void main(String[] args) throws InterruptedException {
        Path directory = Path.of(args[0]);
        JobStores stores = args.length == 1 ? Stores.sqlite(directory) : Stores.postgres(args[1], directory);
        for (int i = 0; i < 8; i++) {
            new Thread(() -> submit(stores)).start();
        }
        Thread.currentThread().join();
    }

    private static void submit(JobStores stores) {
        while (true) {
            String id = stores.jobs()
                    .submit(Orders.order().build(), OnStores.LIMITS)
                    .join()
                    .job()
                    .id()
                    .toString();
            synchronized (SubmittingProcess.class) {
                System.out.println(id);
                System.out.flush();
            }
        }
    }
}
