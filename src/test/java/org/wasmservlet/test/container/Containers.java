package org.wasmservlet.test.container;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Every container that is asked for. */
final class Containers implements ArgumentsProvider {
  /** Made by JUnit. */
  Containers() {}

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return Container.askedFor().stream().map(Arguments::of);
  }
}
