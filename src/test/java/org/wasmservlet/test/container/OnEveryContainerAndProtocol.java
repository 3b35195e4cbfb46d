package org.wasmservlet.test.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A test that runs on each container over each version of HTTP: its parameters are a {@link
 * Container} and a {@link org.wasmservlet.test.http.Protocol}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0} {1}")
@ArgumentsSource(ContainersAndProtocols.class)
@Timeout(300)
public @interface OnEveryContainerAndProtocol {}
