package org.octaveserver.ops.web.manage;

import jakarta.annotation.Priority;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.octaveserver.ops.error.ErrorCode;
import org.octaveserver.ops.error.OpsException;

/**
 * Refuses what the query of a request for this package says and nobody would read. Jersey passes over a parameter that
 * it does not know and takes every text but {@code true} for false, so a misspelt wish for a dry run would be a change.
 * After the access filter: who may not ask is told nothing of what could be asked.
 */
@Priority(Priorities.USER + 1)
public final class QueryFilter implements ContainerRequestFilter {
    private static final List<String> FLAGS = List.of("true", "false");

    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext context) {
        if (resource == null || resource.getResourceClass() == null || resource.getResourceMethod() == null) {
            return;
        }
        if (resource.getResourceClass().getPackage().equals(QueryFilter.class.getPackage())) {
            check(resource.getResourceMethod(), context.getUriInfo().getQueryParameters());
        }
    }

    /**
     * Checks a query.
     *
     * @param method what the request leads to
     * @throws OpsException INVALID_INPUT naming the parameter and what is allowed
     */
    static void check(Method method, Map<String, List<String>> query) {
        Map<String, Class<?>> known = known(method);
        query.forEach((name, values) -> {
            Class<?> type = known.get(name);
            if (type == null) {
                throw invalid("there is no parameter \"" + name + "\" here; "
                        + (known.isEmpty() ? "there is none" : "known are " + String.join(", ", known.keySet())));
            }
            if (values.size() > 1) {
                throw invalid("the parameter \"" + name + "\" is there " + values.size() + " times; once is allowed");
            }
            if (type == boolean.class && !FLAGS.containsAll(values)) {
                throw invalid("the parameter \"" + name + "\" is true or false, not \"" + values.get(0) + "\"");
            }
        });
    }

    private static Map<String, Class<?>> known(Method method) {
        Map<String, Class<?>> known = new TreeMap<>();
        Stream<Parameter> own = Arrays.stream(method.getParameters());
        own.flatMap(QueryFilter::parameters).forEach(parameter -> {
            QueryParam named = parameter.getAnnotation(QueryParam.class);
            if (named != null) {
                known.put(named.value(), parameter.getType());
            }
        });
        return known;
    }

    /** Those of a group that a method takes as one. */
    private static Stream<Parameter> parameters(Parameter parameter) {
        return parameter.isAnnotationPresent(BeanParam.class)
                ? Arrays.stream(parameter.getType().getConstructors())
                        .map(Executable::getParameters)
                        .flatMap(Arrays::stream)
                : Stream.of(parameter);
    }

    private static OpsException invalid(String why) {
        return new OpsException(ErrorCode.INVALID_INPUT, why);
    }
}
