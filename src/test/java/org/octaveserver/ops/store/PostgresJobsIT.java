package org.octaveserver.ops.store;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresJobsIT extends JobStoreBehaviour {
    @RegisterExtension
    static final FreshDatabase DATABASE = new FreshDatabase();

    @Override
    JobStores open() {
        return Stores.postgres(DATABASE.url(), directory);
    }
}
