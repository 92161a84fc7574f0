package org.octaveserver.ops.store;

class SqliteJobsTest extends JobStoreBehaviour {
    @Override
    JobStores open() {
        return Stores.sqlite(directory);
    }
}
