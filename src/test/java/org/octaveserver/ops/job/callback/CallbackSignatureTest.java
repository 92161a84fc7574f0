package org.octaveserver.ops.job.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CallbackSignatureTest {
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    @Test
    void signsAsTheExampleOfStandardWebhooksDoes() {
        CallbackSignature signature = new CallbackSignature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        assertThat(signature.of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void takesAnyTextForASecret() {
        String one = new CallbackSignature("correct horse").of("a", 1, BODY);

        assertThat(one).startsWith("v1,").isNotEqualTo(new CallbackSignature("battery staple").of("a", 1, BODY));
    }

    @Test
    void signsIdAndTimeToo() {
        CallbackSignature signature = new CallbackSignature("secret");

        assertThat(signature.of("a", 1, BODY))
                .isNotEqualTo(signature.of("b", 1, BODY))
                .isNotEqualTo(signature.of("a", 2, BODY));
    }

    @Test
    void hasAFingerprintByWhichSecretsAreComparedAndNotTold() {
        String one = new CallbackSignature("secret").fingerprint("here");

        assertThat(one)
                .isEqualTo(new CallbackSignature("whsec_c2VjcmV0").fingerprint("here"))
                .isNotEqualTo(new CallbackSignature("another").fingerprint("here"))
                .isNotEqualTo(new CallbackSignature("secret").fingerprint("there"))
                .doesNotContain("secret");
    }

    @Test
    void refusesWhatIsNotBase64() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CallbackSignature("whsec_%%%"));
    }
}
