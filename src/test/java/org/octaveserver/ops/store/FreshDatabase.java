package org.octaveserver.ops.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL for all tests of a class, and in it an empty database for each of them. */
final class FreshDatabase implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private @Nullable RealPostgres server;
    private String url = "";

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        server = RealPostgres.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        url = server().fresh();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        server().close();
    }

    /** Of the test that runs. */
    String url() {
        return url;
    }

    RealPostgres server() {
        return requireNonNull(server, "no test of the class has begun");
    }
}
