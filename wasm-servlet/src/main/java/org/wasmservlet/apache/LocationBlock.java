package org.wasmservlet.apache;

import java.util.Map;

/**
 * A {@code <Location>} block. Immutable.
 *
 * @param path decoded; begins with a slash and does not end with one, so that the root is empty
 * @param position where the block begins
 * @param initParams the directives as a servlet's init-params
 */
public record LocationBlock(String path, Position position, Map<String, String> initParams) {
  /**
   * Makes a block.
   *
   * @param path decoded; empty for the root
   * @param position where the block begins
   * @param initParams the directives as a servlet's init-params; copied
   */
  public LocationBlock {
    initParams = Map.copyOf(initParams);
  }
}
