package org.octaveserver.ops.app;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import org.octaveserver.ops.call.CallService;
import org.octaveserver.ops.job.CalledFunctions;
import org.octaveserver.ops.job.JobService;
import org.octaveserver.ops.job.JobSettings;
import org.octaveserver.ops.job.JobStorage;
import org.octaveserver.ops.job.Jobs;
import org.octaveserver.ops.job.PayloadFiles;
import org.octaveserver.ops.job.callback.CallbackSender;
import org.octaveserver.ops.job.callback.CallbackSettings;
import org.octaveserver.ops.job.callback.CallbackSignature;
import org.octaveserver.ops.job.callback.Destinations;
import org.octaveserver.ops.lifecycle.Lifecycle;
import org.octaveserver.ops.lifecycle.Watchdog;
import org.octaveserver.ops.pool.WorkerPool;
import org.octaveserver.ops.security.SecretFile;
import org.octaveserver.ops.settings.Settings;
import org.octaveserver.ops.store.InCommon;
import org.octaveserver.ops.store.JobStoreSettings;
import org.octaveserver.ops.store.JobStores;

/**
 * The part of the composition root that jobs are.
 *
 * @param service what faces use
 * @param destinations where callbacks may go
 */
record JobWiring(JobService service, Destinations destinations) {
    private static final String PAYLOADS = "payloads";
    private static final int SECRET_BYTES = 32;
    /** So many wait here for each worker, so that what is written of them goes to disk together. */
    private static final int JOBS_FOR_EACH_WORKER = 8;

    /** What jobs need of the rest of the server. */
    record Needs(CallService calls, WorkerPool pool, Watchdog watchdog) {}

    private static Path directory(Settings settings, OpsHome home) {
        return settings.of(JobSettings.class).directory().orElse(home.jobs());
    }

    /** Where they are kept, and by what receivers of callbacks know this server. */
    record Kept(JobStores stores, CallbackSignature signature) {}

    /** Their stores, which others ask as well: early in the lifecycle. */
    static Kept kept(Settings settings, OpsHome home, Path bundles, Lifecycle lifecycle) {
        CallbackSignature signature = signature(settings.of(CallbackSettings.class), home);
        InCommon common = new InCommon(directory(settings, home), bundles, signature);
        JobStores stores =
                JobStores.of(settings.of(JobStoreSettings.class), common, home.sqlite(), InstantSource.system());
        return new Kept(lifecycle.add(stores), signature);
    }

    /** Adds the rest to the lifecycle: behind all that runs functions, and knows which there are. */
    static JobWiring of(Settings settings, OpsHome home, Kept kept, Lifecycle lifecycle, Needs needs) {
        JobSettings wanted = settings.of(JobSettings.class);
        JobStoreSettings database = settings.of(JobStoreSettings.class);
        JobStorage storage = new JobStorage(
                kept.stores().jobs(), new PayloadFiles(directory(settings, home).resolve(PAYLOADS)));
        int workers = needs.pool().figures().limit();
        Jobs.Node node = new Jobs.Node(
                wanted.maxRunning().orElse(atOnce(database, workers)),
                workers,
                database.lease(),
                database.url().isPresent());
        Jobs jobs = lifecycle.add(new Jobs(wanted, node, new Jobs.Needs(storage, new CalledFunctions(needs.calls()))));
        CallbackSettings callbacks = settings.of(CallbackSettings.class);
        lifecycle.add(new CallbackSender(
                kept.stores().deliveries(), callbacks, kept.signature(), InstantSource.system(), needs.watchdog()));
        return new JobWiring(jobs.service(), Destinations.of(callbacks));
    }

    /** None waits here that another node could run. */
    private static int atOnce(JobStoreSettings database, int workers) {
        return database.url().isPresent() ? workers : JOBS_FOR_EACH_WORKER * workers;
    }

    private static CallbackSignature signature(CallbackSettings settings, OpsHome home) {
        return new CallbackSignature(settings.secret()
                .orElseGet(() -> SecretFile.readOrCreate(home.callbackSecret(), "secret of callbacks", () -> {
                    byte[] secret = new byte[SECRET_BYTES];
                    new SecureRandom().nextBytes(secret);
                    return CallbackSignature.PREFIX + Base64.getEncoder().encodeToString(secret);
                })));
    }
}
