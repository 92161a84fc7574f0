package org.octaveserver.ops.store;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.octaveserver.ops.call.CallOptions;
import org.octaveserver.ops.job.Callback;
import org.octaveserver.ops.job.IdempotencyKey;
import org.octaveserver.ops.job.JobId;
import org.octaveserver.ops.job.JobOrder;
import org.octaveserver.ops.job.JobOwner;
import org.octaveserver.ops.job.JobRules;
import org.octaveserver.ops.job.JobTarget;
import org.octaveserver.ops.job.NewJob;
import org.octaveserver.ops.job.Payload;

/** Builds jobs that are to be accepted. */
final class Orders {
    static final String DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

    private String bundle = "curves";
    private Optional<String> principal = Optional.of("ada");
    private String party = "ada";
    private String client = "";
    private OptionalInt urgency = OptionalInt.empty();
    private boolean idempotent;
    private int attempts = 3;
    private Optional<IdempotencyKey> key = Optional.empty();
    private String face = "";
    private Payload arguments = inline("[1]");
    private final List<Callback> callbacks = new ArrayList<>();

    static Orders order() {
        return new Orders();
    }

    static Payload inline(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Payload(Optional.of(bytes), Optional.empty(), bytes.length, DIGEST);
    }

    static Payload file(String name, long size) {
        return new Payload(Optional.empty(), Optional.of(name), size, DIGEST);
    }

    Orders bundle(String name) {
        bundle = name;
        return this;
    }

    Orders of(String who) {
        principal = Optional.of(who);
        party = who;
        return this;
    }

    Orders anonymous(String address) {
        principal = Optional.empty();
        party = address;
        return this;
    }

    Orders client(String name) {
        client = name;
        return this;
    }

    Orders urgency(int urgent) {
        urgency = OptionalInt.of(urgent);
        return this;
    }

    Orders idempotent(int mostAttempts) {
        idempotent = true;
        attempts = mostAttempts;
        return this;
    }

    Orders key(String text, String fingerprint) {
        key = Optional.of(new IdempotencyKey(text, fingerprint));
        return this;
    }

    Orders face(String notes) {
        face = notes;
        return this;
    }

    Orders arguments(Payload payload) {
        arguments = payload;
        return this;
    }

    Orders tell(Callback.Event event, String uri) {
        callbacks.add(new Callback(event, URI.create(uri)));
        return this;
    }

    NewJob build() {
        return new NewJob(
                new JobId(IDS.generate()),
                new JobTarget(bundle, "1.2.0", bundle + "-1.2.0-abc", 7, "fit", 2),
                new JobOwner(principal, party, client),
                new JobOrder(
                        new CallOptions(Optional.empty(), Optional.empty(), urgency),
                        new JobRules(idempotent, Duration.ofMinutes(3), Duration.ofSeconds(1), attempts),
                        callbacks,
                        face),
                arguments,
                key);
    }
}
