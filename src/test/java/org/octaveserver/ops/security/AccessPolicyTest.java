package org.octaveserver.ops.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class AccessPolicyTest {
    private static final String RIGHT = "right-token";

    private record Wanted(boolean anonymousLoopback) implements SecuritySettings {}

    @TempDir
    Path directory;

    private AccessPolicy policy(boolean anonymousLoopback) {
        try {
            Path file = Files.writeString(directory.resolve("token"), RIGHT);
            return new AccessPolicy(
                    new Wanted(anonymousLoopback), AdminToken.readOrCreate(file, RandomGenerator.getDefault()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Caller caller(boolean loopback, boolean forwarded, String host, String token) {
        return new Caller(loopback, forwarded, false, host, Optional.ofNullable(token.isEmpty() ? null : token));
    }

    /** Columns: what a request shows, and who it is for OPEN, CALL and MANAGE; - where it is refused. */
    @ParameterizedTest
    @CsvSource({
        "true, false, localhost, '', anonymous anonymous -",
        "true, false, LOCALHOST, '', anonymous anonymous -",
        "true, false, 127.0.0.1, '', anonymous anonymous -",
        "true, false, ::1, '', anonymous anonymous -",
        "true, false, [::1], '', anonymous anonymous -",
        "true, false, '', '', anonymous - -",
        "true, false, evil.com, '', anonymous - -",
        "true, false, 127.0.0.1.evil.com, '', anonymous - -",
        "true, false, localhost., '', anonymous - -",
        "true, true, localhost, '', anonymous - -",
        "false, false, localhost, '', anonymous - -",
        "false, true, localhost, '', anonymous - -",
        "true, false, localhost, right-token, admin admin admin",
        "false, true, evil.com, right-token, admin admin admin",
        "false, false, '', right-token, admin admin admin",
        "true, false, localhost, wrong-token, - - -",
        "false, true, evil.com, wrong-token, - - -",
        "true, false, localhost, right-toke, - - -",
    })
    void knowsWhoMayDoWhat(boolean loopback, boolean forwarded, String host, String token, String expected) {
        Caller caller = caller(loopback, forwarded, host, token);
        assertThat(outcome(Access.OPEN, caller) + " " + outcome(Access.CALL, caller) + " "
                        + outcome(Access.MANAGE, caller))
                .isEqualTo(expected);
    }

    private String outcome(Access access, Caller caller) {
        try {
            return policy(true).authorize(access, caller).name();
        } catch (OpsException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(e.getMessage()).contains("$OPS_HOME/conf/admin-token").doesNotContain(RIGHT);
            return "-";
        }
    }

    @Test
    void takesNoCallWithoutTheTokenWhenLocalOnesAreNotTrusted() {
        OpsException refused = catchThrowableOfType(
                OpsException.class, () -> policy(false).authorize(Access.CALL, caller(true, false, "localhost", "")));
        assertThat(refused.getMessage()).contains("ops.security.anonymous-loopback is false");
        assertThat(policy(false).authorize(Access.CALL, caller(false, true, "x", RIGHT)))
                .isEqualTo(Principal.ADMIN);
        assertThat(policy(false).authorize(Access.OPEN, caller(false, true, "x", "")))
                .isEqualTo(Principal.ANONYMOUS);
    }

    @Test
    void keepsPagesOfOtherOriginsFromTheRightOfThisMachine() {
        Caller page = new Caller(true, false, true, "localhost", Optional.empty());
        assertThat(outcome(Access.CALL, page)).isEqualTo("-");
        assertThat(outcome(Access.OPEN, page)).isEqualTo("anonymous");
        assertThat(catchThrowableOfType(OpsException.class, () -> policy(true).authorize(Access.CALL, page)))
                .hasMessageContaining("ops.http.cors-allowed-origins");
        assertThat(policy(true).authorize(Access.CALL, new Caller(true, false, true, "x", Optional.of(RIGHT))))
                .isEqualTo(Principal.ADMIN);
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void refusesAnEmptyTokenLikeAnyWrongOne(Access access) {
        Caller caller = new Caller(true, false, false, "localhost", Optional.of(""));
        assertThat(catchThrowableOfType(OpsException.class, () -> policy(true).authorize(access, caller)))
                .isNotNull();
    }
}
