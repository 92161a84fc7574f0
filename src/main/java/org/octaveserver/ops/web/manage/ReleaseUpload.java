package org.octaveserver.ops.web.manage;

import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.octaveserver.ops.bundle.Intake;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/** Reads the body that asks for a release: the plan, and the files that it deploys, which go to disk as they come. */
final class ReleaseUpload {
    private static final String PLAN = "changes";

    private ReleaseUpload() {}

    /**
     * Reads a body to its end.
     *
     * @param type {@code application/json} for a plan alone, {@code multipart/form-data} for one with files
     * @param intake gets the files
     */
    static ReleasePlan read(InputStream body, MediaType type, Intake intake) {
        if (!type.isCompatible(MediaType.MULTIPART_FORM_DATA_TYPE)) {
            return ReleasePlan.read(body);
        }
        String boundary = type.getParameters().getOrDefault("boundary", "");
        try {
            return parts(new MultipartReader(body, boundary), intake);
        } catch (IOException e) {
            throw new OpsException(ErrorCode.INVALID_INPUT, "the body broke off (" + e.getMessage() + ")", e);
        }
    }

    private static ReleasePlan parts(MultipartReader reader, Intake intake) throws IOException {
        Optional<ReleasePlan> plan = Optional.empty();
        for (Optional<MultipartReader.Part> next = reader.next(); next.isPresent(); next = reader.next()) {
            MultipartReader.Part part = next.get();
            if (!part.name().equals(PLAN)) {
                intake.receive(part.fileName().orElse(part.name()), part.content());
            } else if (plan.isPresent()) {
                throw MultipartReader.broken("two parts are named \"" + PLAN + "\"");
            } else {
                plan = Optional.of(ReleasePlan.read(part.content()));
            }
        }
        return plan.orElseThrow(() -> MultipartReader.broken(
                "no part is named \"" + PLAN + "\"; it says in JSON what is to be done with the files"));
    }
}
