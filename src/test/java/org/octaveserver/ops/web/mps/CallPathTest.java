package org.octaveserver.ops.web.mps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallPathTest {
    @ParameterizedTest
    @CsvSource({
        "/demo/f, demo, f",
        "/demo/f/, demo, f",
        "/demo@1.2/pack.f, demo@1.2, pack.f",
        "/apis/f, apis, f",
        "/a/b c, a, b c",
        "/xapi/api, xapi, api"
    })
    void isABundleAndAFunction(String path, String bundle, String function) {
        assertThat(CallPath.of(path)).contains(new CallPath(bundle, function));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/demo",
                "/demo/",
                "//f",
                "/demo//",
                "/demo/f/g",
                "/demo/f//",
                "/api/health",
                "/api/",
                "/~x/requests",
                "/~/f",
                "x/y"
            })
    void isNothingElse(String path) {
        assertThat(CallPath.of(path)).isEmpty();
    }
}
