package org.octaveserver.ops.store;

import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresListsIT extends JobListBehaviour {
    @RegisterExtension
    static final FreshDatabase DATABASE = new FreshDatabase();

    @Override
    JobStores open() {
        return Stores.postgres(DATABASE.url(), directory);
    }
}
