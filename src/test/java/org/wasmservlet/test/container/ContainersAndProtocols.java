package org.wasmservlet.test.container;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.wasmservlet.test.http.Protocol;

/** Every pair of a container and a version of HTTP. */
final class ContainersAndProtocols implements ArgumentsProvider {
  /** Made by JUnit. */
  ContainersAndProtocols() {}

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return Container.askedFor().stream()
        .flatMap(
            container ->
                Arrays.stream(Protocol.values())
                    .map(protocol -> Arguments.of(container, protocol)));
  }
}
