package org.octaveserver.ops.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.DeliveryStore.Delivery;
import org.octaveserver.ops.job.JobId;

/** What it costs to find out whom to tell. */
class DeliveryRowsTest {
    @TempDir
    Path directory;

    private final AtomicInteger statements = new AtomicInteger();
    private Database database;
    private Writer writer;

    @BeforeEach
    void start() {
        Outages outages = new Outages(System::nanoTime, Duration.ofSeconds(30));
        database = new Database(
                new Sqlite(directory.resolve("jobs.db"), InstantSource.system(), System::nanoTime), outages);
        database.start();
        writer = new Writer(database, outages, InstantSource.system());
        writer.start();
    }

    @AfterEach
    void stop() {
        writer.stop();
        database.stop();
    }

    private void note(String host, int callbacks) {
        Orders order = Orders.order();
        for (int i = 0; i < callbacks; i++) {
            order.tell(Callback.Event.FAILURE, "https://" + host + "/" + i);
        }
        JobId id = OnStores.get(writer.write(new Submitting(order.build(), OnStores.LIMITS)))
                .job()
                .id();
        OnStores.get(writer.write(work -> new Ends(work).cancel(id, OnStores.CALLED_OFF)));
    }

    private List<Delivery> counted(Function<DeliveryRows, List<Delivery>> step) {
        return OnStores.get(writer.write(work -> {
            statements.set(0);
            work.handle().getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
                @Override
                public void logAfterExecution(StatementContext context) {
                    statements.incrementAndGet();
                }
            });
            return step.apply(new DeliveryRows(work));
        }));
    }

    @Test
    void asManyStatementsAsHostsHoweverMuchIsDueToThem() {
        note("dead.example", 1000);
        note("live.example", 1);
        List<Delivery> due = counted(rows -> rows.due(100, Duration.ofMinutes(1)));
        assertThat(due).extracting(one -> one.uri().getHost()).hasSize(100).contains("live.example");
        assertThat(statements)
                .as("the hosts, what is due to each, and until when")
                .hasValue(4);
        List<Delivery> put = counted(rows -> {
            rows.putOff(due, Duration.ofSeconds(1));
            return due;
        });
        assertThat(put).hasSize(100);
        assertThat(statements).hasValue(1);
    }

    @Test
    void oneStatementWhereNothingIsDue() {
        assertThat(counted(rows -> rows.due(100, Duration.ofMinutes(1)))).isEmpty();
        assertThat(statements).hasValue(1);
        note("dead.example", 50);
        assertThat(counted(rows -> rows.due(100, Duration.ofMinutes(1)))).hasSize(50);
        assertThat(counted(rows -> rows.due(100, Duration.ofMinutes(1)))).isEmpty();
        assertThat(statements).hasValue(1);
    }
}
