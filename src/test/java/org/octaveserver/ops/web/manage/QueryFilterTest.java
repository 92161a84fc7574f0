package org.octaveserver.ops.web.manage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

class QueryFilterTest {
    private static Method method(Class<?> resource, String name) {
        return Arrays.stream(resource.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void check(Class<?> resource, String method, Map<String, List<String>> query) {
        QueryFilter.check(method(resource, method), query);
    }

    @Test
    void letsThroughWhatTheMethodReads() {
        Map<String, List<String>> wish =
                Map.of("dryRun", List.of("true"), "reason", List.of("TRUE"), "replace", List.of("false"));
        assertThatCode(() -> check(BundlesResource.class, "deploy", wish)).doesNotThrowAnyException();
        assertThatCode(() -> check(ReleasesResource.class, "make", Map.of("dryRun", List.of("false"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> check(StatusResource.class, "status", Map.of())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "TRUE", "yes", "", " true"})
    void refusesAFlagThatIsNeitherTrueNorFalse(String value) {
        assertThatThrownBy(() -> check(ReleasesResource.class, "activate", Map.of("dryRun", List.of(value))))
                .isInstanceOfSatisfying(
                        OpsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT))
                .hasMessage("the parameter \"dryRun\" is true or false, not \"" + value + "\"");
    }

    @Test
    void refusesWhatNobodyReadsAndSaysWhatIsRead() {
        assertThatThrownBy(() -> check(BundlesResource.class, "deploy", Map.of("dryrun", List.of("true"))))
                .hasMessage("there is no parameter \"dryrun\" here; known are dryRun, name, reason, replace, runtime");
        assertThatThrownBy(() -> check(ReleasesResource.class, "make", Map.of("reason", List.of("x"))))
                .hasMessage("there is no parameter \"reason\" here; known are dryRun");
        assertThatThrownBy(() -> check(StatusResource.class, "status", Map.of("x", List.of(""))))
                .hasMessage("there is no parameter \"x\" here; there is none");
    }

    @Test
    void refusesAParameterThatIsThereTwice() {
        assertThatThrownBy(() -> check(BundlesResource.class, "undeploy", Map.of("dryRun", List.of("false", "true"))))
                .hasMessage("the parameter \"dryRun\" is there 2 times; once is allowed");
    }
}
