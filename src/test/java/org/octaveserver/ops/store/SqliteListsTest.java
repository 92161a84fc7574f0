package org.octaveserver.ops.store;

class SqliteListsTest extends JobListBehaviour {
    @Override
    JobStores open() {
        return Stores.sqlite(directory);
    }
}
