package org.octaveserver.ops.store;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresListsIT extends JobListBehaviour {
    private static RealPostgres server;

    private String url;

    @BeforeAll
    static void startServer() throws IOException {
        server = RealPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    @Override
    void begin() throws Exception {
        url = server.fresh();
        super.begin();
    }

    @Override
    JobStores open() {
        return Stores.postgres(url, directory);
    }
}
